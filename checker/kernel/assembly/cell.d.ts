/** The value of a cell in a state: a build for states of cells that wide has another integer type in its place (asconfig.json). */
declare type Cell = u8;
