import { expect, test } from 'vitest';
import { attachment } from './attachment.ts';

test('a plain name stands as it is', () => {
  expect(attachment('my requests.jsonl')).toBe('attachment; filename="my requests.jsonl"');
});

test('a name in another script is encoded beside a plain fallback', () => {
  expect(attachment("日本's.jsonl")).toBe(
    `attachment; filename="__'s.jsonl"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%27s.jsonl`,
  );
});

test.each([
  ['../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
  ['a\r\nX-Evil: y', 'attachment; filename="aX-Evil: y"'],
  ['a"; filename=b', `attachment; filename="a_; filename=b"; filename*=UTF-8''a%22%3B%20filename%3Db`],
  ['\u202egnp.jsonl', 'attachment; filename="gnp.jsonl"'],
  ['\0\n', 'attachment; filename="download"'],
  ['50%.jsonl', `attachment; filename="50_.jsonl"; filename*=UTF-8''50%25.jsonl`],
  ['\ud800.html', `attachment; filename="_.html"; filename*=UTF-8''%EF%BF%BD.html`],
])('the name %j is made harmless', (name, expected) => {
  expect(attachment(name)).toBe(expected);
});

const hostile = ['../../x', 'a\r\nX: y', '日本.jsonl', 'é'.repeat(300), '😀', '"\\', 'evil.html', ''];

function isAccepted(write: (name: string) => string): boolean {
  try {
    for (const name of hostile) new Headers({ 'content-disposition': write(name) });
    return true;
  } catch {
    return false;
  }
}

test('any name makes a header that is accepted', () => {
  expect(isAccepted(attachment)).toBe(true);
  expect(
    isAccepted((name) => `attachment; filename="${name}"`),
    'the broken variant',
  ).toBe(false);
});
