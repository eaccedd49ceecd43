import { testRandomSpecs } from './randomSpecs';

testRandomSpecs(0);
