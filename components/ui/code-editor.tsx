'use client';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';

/** JSON to be edited. Load it where it is used: it is heavier than the page around it. */
export function CodeEditor({
  value,
  label,
  cursor,
  onChange,
  onSubmit,
  onCancel,
}: {
  /** What it starts with; afterwards it is its own master. */
  value: string;
  label: string;
  /** Where the cursor stands at first, as an index of the text. */
  cursor: number;
  onChange: (text: string) => void;
  /** Ctrl or ⌘ with Enter. */
  onSubmit: () => void;
  /** Escape. */
  onCancel: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const begin = useEffectEvent((parent: HTMLElement) => {
    const at = Math.min(cursor, value.length);
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: value,
        selection: { anchor: at, head: Math.min(at + 1, value.length) },
        extensions: [
          ...extensions,
          EditorView.cspNonce.of(nonceOfPage()),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
          keymap.of([
            { key: 'Mod-Enter', run: () => done(submit) },
            { key: 'Escape', run: () => done(cancel) },
            ...defaultKeymap,
            ...historyKeymap,
          ]),
        ],
      }),
      scrollTo: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    view.focus();
    return view;
  });
  const changed = useEffectEvent(onChange);
  const submit = useEffectEvent(onSubmit);
  const cancel = useEffectEvent(onCancel);
  useEffect(() => {
    const view = place.current && begin(place.current);
    return () => view?.destroy();
  }, []);
  return <div ref={place} />;
}

function done(act: () => void): true {
  act();
  return true;
}

/** The styles it adds pass the page's own policy. */
function nonceOfPage(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}

const theme = EditorView.theme({
  '&': {
    border: '1px solid var(--line-control)',
    borderRadius: '6px',
    background: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: '0.75rem',
    maxHeight: '22rem',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--font-geist-mono), ui-monospace, monospace', lineHeight: '1.6' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 10px', unicodeBidi: 'isolate' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in oklab, var(--accent) 28%, transparent)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'var(--track)', outline: 'none' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { color: 'var(--bad)', background: 'none' },
  '.cm-specialChar': { color: 'var(--bad)' },
});

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const extensions = [
  theme,
  syntaxHighlighting(colors),
  json(),
  history(),
  drawSelection(),
  highlightSpecialChars(),
  bracketMatching(),
  EditorView.lineWrapping,
  // A line of a file is one line: U+2028 and a bare CR are text.
  EditorState.lineSeparator.of('\n'),
];
