import { testRandomSpecs } from './randomSpecs';

testRandomSpecs(1);
