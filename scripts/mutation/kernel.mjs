import { sitesOf } from './mutants.mjs';

/**
 * Mutants of the kernel, whose source is a text made for each width of a cell: the same places in each are the same
 * mutant. A kernel is compiled anew for each.
 */
export function kernelMutants(root, first, current) {
  let render;
  let found = [];
  const sitesByText = new Map();
  const sites = (text) => {
    if (!sitesByText.has(text))
      sitesByText.set(text, sitesOf('kernel.ts', text).filter(inLanguage).flatMap(oneByOne));
    return sitesByText.get(text);
  };
  globalThis.__kernel = {
    modules: new Map(),
    source(original) {
      render = original;
      return (bytes) => {
        const text = original(bytes);
        const site = sites(text)[current() - first];
        return site ? text.slice(0, site.start) + site.becomes + text.slice(site.end) : text;
      };
    },
  };
  return {
    change(path, text) {
      if (path === 'checker/kernel/source.ts')
        return `${text.replace('export function kernelSource(', 'function kernelText(')}
export const kernelSource = __kernel.source(kernelText);`;
      if (path === 'checker/kernel/kernel.ts')
        return text.replace(/const modules = new Map[^;]*;/, 'const modules: any = __kernel.modules;');
      return undefined;
    },
    mutants() {
      // Importing the module is what makes its text known.
      this.load?.();
      const text = render(1);
      found = sites(text);
      return found.map((site, k) => ({
        number: first + k,
        path: 'checker/kernel/source.ts',
        line: text.slice(0, site.start).split('\n').length,
        start: site.start,
        end: site.end,
        was: text.slice(site.start, site.end),
        becomes: site.becomes,
      }));
    },
    get count() {
      return found.length;
    },
    renew: () => __kernel.modules.clear(),
  };
}

/** The compiler knows no ‘true’. */
const inLanguage = ({ was }) => was !== 'true';
const oneByOne = (site) =>
  site.mutants.map((mutant) => ({
    ...site,
    becomes: mutant === 'true' ? '1' : mutant === 'false' ? '0' : mutant,
  }));
