#!/usr/bin/env node
require('../dist/checker/cli/main.js');
