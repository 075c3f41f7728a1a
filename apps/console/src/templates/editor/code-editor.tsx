import { liquid } from '@codemirror/lang-liquid';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { tags } from '@lezer/highlight';
import CodeMirror, { EditorView, type Extension } from '@uiw/react-codemirror';
import { useEffect, useMemo, useState } from 'react';
import type { Fault } from '../faults.js';

interface CodeEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Its name for those who do not see it. */
  label: string;
  faults: readonly Fault[];
  /** Offered while typing. */
  variables: readonly string[];
  /** Told when the cursor comes here: how to insert at it, and how to go to a place. */
  onFocus: (editor: { insert(text: string): void }) => void;
  /** A place to put the cursor at, each object once. */
  place: { line: number; column: number } | null;
}

/** The text of a template with its tags coloured and its faults underlined. Tab leaves it. */
export function CodeEditor({
  value,
  onChange,
  label,
  faults,
  variables,
  onFocus,
  place,
}: CodeEditorProps) {
  const [view, setView] = useState<EditorView | null>(null);
  const extensions = useMemo(
    () => [
      liquid({ variables: variables.map((name) => ({ label: name, type: 'variable' })) }),
      ...looks,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.lineWrapping,
    ],
    [label, variables],
  );
  useEffect(() => {
    if (!view) return;
    // What is longer than its frame can be scrolled by keyboard, too.
    view.scrollDOM.tabIndex = 0;
    view.dispatch(
      setDiagnostics(
        view.state,
        faults.map((fault) => diagnosticOf(view, fault)),
      ),
    );
  }, [view, faults]);
  useEffect(() => {
    if (!view || !place) return;
    view.dispatch({
      selection: { anchor: offsetOf(view, place.line, place.column) },
      scrollIntoView: true,
    });
    view.focus();
  }, [view, place]);
  const insert = (text: string) => {
    if (!view) return;
    view.dispatch(view.state.replaceSelection(text));
    view.focus();
  };
  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      onCreateEditor={setView}
      onFocus={() => onFocus({ insert })}
      theme="none"
      extensions={extensions}
      indentWithTab={false}
      basicSetup={{
        foldGutter: false,
        highlightActiveLine: false,
        highlightActiveLineGutter: false,
      }}
      minHeight="12rem"
      maxHeight="28rem"
    />
  );
}

function diagnosticOf(view: EditorView, { line, column, why }: Fault): Diagnostic {
  const from = line === null ? 0 : offsetOf(view, line, column ?? 1);
  const whole = line === null ? view.state.doc.length : from + 1;
  const word = line === null ? null : view.state.wordAt(from + 2);
  const to = Math.min(view.state.doc.length, Math.max(whole, word?.to ?? 0));
  return { from: Math.min(from, to), to, severity: 'error', message: why };
}

/** The API counts lines and columns from 1; what it says may be of a text that is shorter by now. */
function offsetOf(view: EditorView, line: number, column: number): number {
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  return Math.min(at.from + column - 1, at.to);
}

const colour = (light: string, dark: string) => `light-dark(${light}, ${dark})`;

/** CodeMirror's own colours of tags have 4.26:1 on white; these have 7:1 and more in both schemes. */
const highlight = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: colour('#7c2d12', '#fdba74') },
  { tag: tags.attributeName, color: colour('#1e3a8a', '#93c5fd') },
  { tag: tags.attributeValue, color: colour('#14532d', '#86efac') },
  { tag: [tags.keyword, tags.processingInstruction], color: colour('#6b21a8', '#d8b4fe') },
  {
    tag: [tags.variableName, tags.propertyName],
    color: colour('#0c4a6e', '#7dd3fc'),
    fontWeight: '600',
  },
  { tag: [tags.string, tags.number], color: colour('#14532d', '#86efac') },
  { tag: tags.comment, color: colour('#475569', '#cbd5e1'), fontStyle: 'italic' },
]);

const frame = EditorView.theme({
  '&': {
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-md)',
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
  },
  '&.cm-focused': {
    outline: '2px solid var(--mantine-primary-color-filled)',
    outlineOffset: '1px',
  },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--mantine-color-dimmed)',
    border: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--mantine-color-default-border)',
  },
});

const looks: Extension[] = [syntaxHighlighting(highlight), frame];
