import { asUtf8 } from '../../inspect/as-utf8.ts';
import { isFolding, type BodyView, type FoldingView } from '../../inspect/body-view.ts';
import { MAX_HIGHLIGHTED } from '../../inspect/code-language.ts';
import { HexView } from '../../inspect/hex-view.ts';
import { JsonView } from '../../inspect/json-view.ts';
import { TextView } from '../../inspect/text-view.ts';
import { XmlView } from '../../inspect/xml-view.ts';
import type { PatternSearch } from '../../inspect/finder.ts';
import type { ViewReply, ViewRequest, ViewSpec } from './body-messages.ts';
import { startHelper, type Helper, type HelperKind } from './helpers.ts';
import { highlightInWorker, type Highlight } from './highlight-client.ts';
import { searchInWorker } from './pattern-client.ts';

export interface ViewServices {
  readonly searchPattern: PatternSearch;
  readonly highlight: Highlight;
}

/** @param start starts what the services run in */
export function servicesOf(start: (kind: HelperKind) => Helper): ViewServices {
  return {
    searchPattern: (blob, query) => searchInWorker(blob, query, () => start('pattern')),
    highlight: (blob, language) => highlightInWorker(blob, language, () => start('highlight')),
  };
}

/** Milliseconds. */
const TELL_EVERY = 50;

/**
 * Holds one view of one body and answers what is asked of it: in a worker for large bodies, in the page for small ones.
 * @param reply hears everything
 * @param services what runs in workers of its own
 * @returns what takes the requests; the first one must be `open`
 */
export function hostView(
  reply: (message: ViewReply) => void,
  services: ViewServices = servicesOf(startHelper),
): (request: ViewRequest) => void {
  let opening: Promise<BodyView> | null = null;
  let toldAt = -TELL_EVERY;
  let arranged = 0;
  let colouring = 0;

  /** Progress comes with every piece that is read: only some of it is worth a message. */
  function isDue(done: boolean): boolean {
    const now = performance.now();
    if (!done && now - toldAt < TELL_EVERY) return false;
    toldAt = now;
    return true;
  }

  function answer(id: number | null, work: (view: BodyView) => Promise<void> | void): void {
    opening?.then(work).catch((error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      reply({ op: 'failed', id, name, message });
    });
  }

  return (request) => {
    switch (request.op) {
      case 'open':
        opening = createView(request.spec, services.searchPattern);
        answer(null, (view) =>
          view.load((state) => {
            if (isDue(state.done || state.arranged !== arranged)) reply({ op: 'state', state });
            arranged = state.arranged;
          }),
        );
        return;
      case 'rows':
        answer(request.id, async (view) => {
          reply({ op: 'rows', id: request.id, rows: await view.rows(request.from, request.to) });
        });
        return;
      case 'find':
        answer(request.id, async (view) => {
          const found = await view.find(request.query, (soFar) => {
            if (isDue(soFar.done)) reply({ op: 'finding', id: request.id, found: soFar });
          });
          reply({ op: 'found', id: request.id, found });
        });
        return;
      case 'go-to':
        answer(request.id, async (view) => {
          reply({ op: 'row', id: request.id, row: await view.goTo(request.match) });
        });
        return;
      case 'highlight':
        answer(null, async (view) => {
          if (!(view instanceof TextView)) return;
          const { language } = request;
          const turn = ++colouring;
          const fits = language !== null && view.text.size <= MAX_HIGHLIGHTED;
          // Without colours code can be read all the same.
          const tokens = fits ? await services.highlight(view.text, language).catch(() => null) : null;
          if (turn === colouring) view.colour(tokens);
        });
        return;
      case 'filter':
        answer(request.id, async (view) => {
          if (!(view instanceof JsonView)) return;
          reply({ op: 'filtered', id: request.id, filtered: await view.filter(request.path) });
        });
        return;
      case 'describe':
        answer(request.id, (view) => {
          if (isFolding(view)) reply({ op: 'description', id: request.id, text: describe(view, request) });
        });
        return;
      case 'toggle':
        answer(null, (view) => {
          if (isFolding(view)) view.toggle(request.node);
        });
        return;
      case 'fold-all':
        answer(null, (view) => {
          if (isFolding(view)) view.foldAll(request.folded);
        });
    }
  };
}

function describe(view: FoldingView, { node, what }: Extract<ViewRequest, { op: 'describe' }>): string {
  if (what === 'path') return view.pathOf(node);
  return what === 'text' ? view.textOf(node) : (view.namespaceOf?.(node) ?? '');
}

async function createView(spec: ViewSpec, searchPattern: PatternSearch): Promise<BodyView> {
  switch (spec.kind) {
    case 'text':
      return new TextView(await asUtf8(spec.blob, spec.charset), spec.columns, searchPattern);
    case 'json':
      return new JsonView(
        await asUtf8(spec.blob, spec.charset),
        { layout: spec.layout, many: spec.many },
        searchPattern,
      );
    case 'xml':
      return new XmlView(await asUtf8(spec.blob, spec.charset), searchPattern);
    case 'hex':
    default:
      return new HexView(spec.blob, spec.width);
  }
}
