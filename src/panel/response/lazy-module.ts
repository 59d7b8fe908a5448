import { useEffect, useState } from 'preact/hooks';

export interface LazyModule<Module> {
  /** Begins to load it, so that it is there when it is shown. */
  readonly preload: () => void;
  /** Loads it, unless it is there. */
  readonly get: () => Promise<Module>;
  /** The module if it is there. */
  readonly loaded: () => Module | null;
  /** The module, or null until it is there; a component that uses it is rendered again then. */
  readonly use: () => Module | null;
}

/** A part of the panel that is loaded when it is first needed: the panel itself opens sooner. */
export function lazyModule<Module>(load: () => Promise<Module>): LazyModule<Module> {
  let module: Module | null = null;
  let loading: Promise<Module> | null = null;
  async function get(): Promise<Module> {
    loading ??= load();
    try {
      module = await loading;
      return module;
    } catch (error) {
      // Whoever asks again may have more luck.
      loading = null;
      throw error;
    }
  }
  return {
    get,
    loaded: () => module,
    preload() {
      // A failure shows where the module is used.
      get().catch(() => null);
    },
    use() {
      const [shown, setShown] = useState(module);
      const [failure, setFailure] = useState<unknown>(null);
      useEffect(() => {
        if (shown === null) get().then((loaded) => setShown(() => loaded), setFailure);
      }, [shown]);
      if (failure !== null) throw failure;
      return shown;
    },
  };
}
