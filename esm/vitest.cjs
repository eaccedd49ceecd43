throw new Error("'everystate/vitest' can't be required: Vitest runs ESM alone, so import it");
