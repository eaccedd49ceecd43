import { testRandomSpecs } from './randomSpecs';

testRandomSpecs(3);
