import { testRandomSpecs } from './randomSpecs';

testRandomSpecs(2);
