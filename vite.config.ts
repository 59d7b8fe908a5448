import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

export type Target = 'chrome' | 'firefox';

/** What only one of the browsers knows; the other would warn about it or refuse it. */
const onlyOn: Readonly<Record<string, Target>> = { offscreen: 'chrome', webRequestBlocking: 'firefox' };

/** The one manifest, as one browser wants it. crxjs itself picks the background key that the target knows. */
function manifestFor(target: Target): ManifestV3Export {
  const { browser_specific_settings, minimum_chrome_version, message_serialization, ...shared } = manifest;
  return {
    ...shared,
    ...(target === 'chrome' ? { minimum_chrome_version, message_serialization } : { browser_specific_settings }),
    permissions: manifest.permissions.filter((name) => (onlyOn[name] ?? target) === target),
  } as ManifestV3Export;
}

function targetFrom(mode: string): Target {
  if (mode === 'firefox') return 'firefox';
  return 'chrome';
}

export default defineConfig(({ mode }) => {
  const target = targetFrom(process.env['TARGET'] ?? mode);
  return {
    root: 'src',
    publicDir: '../public',
    define: { __TARGET__: JSON.stringify(target) },
    plugins: [crx({ manifest: manifestFor(target), browser: target })],
    build: {
      target: target === 'chrome' ? 'chrome148' : 'firefox140',
      outDir: `../dist/${target}`,
      emptyOutDir: true,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          panel: 'src/panel.html',
          access: 'src/access.html',
          ...(target === 'chrome' && { offscreen: 'src/offscreen.html' }),
        },
      },
    },
  };
});
