import { useMemo } from 'react';
import { Form } from '../parts/editing/form.js';
import { type Edit, useEditing } from '../parts/editing/use-editing.js';
import { ServiceProblem } from '../service/ask.js';
import type { Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import type { Row } from './call-resource.js';
import { type FormValues, toBody, toForm } from './document/form-values.js';
import type { Call } from './document/resources.js';
import { FieldInput } from './field-input.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface CallFormProps {
  call: Call;
  /** What there is already; of something new, nothing. */
  saved: Tagged<Row>;
  /** Whether all fields are sent, not only those that were changed. */
  isNew: boolean;
  saveLabel?: string;
  send(body: Row, etag: string): Promise<unknown>;
  onSaved?(): void;
  onCancel?(): void;
  reload?(): void;
}

/** A form of all that an operation's body takes. */
export function CallForm(props: CallFormProps) {
  const { call, saved, isNew, saveLabel, send, onSaved, onCancel, reload } = props;
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const { fields } = call;
  const held = useMemo(
    () => ({ data: toForm(fields, saved.data), etag: saved.etag }),
    [fields, saved.data, saved.etag],
  );
  const editing = useEditing<FormValues>({
    saved: held,
    save: ({ changes, values, etag }: Edit<FormValues>) => {
      const { body, unreadable } = toBody(fields, isNew ? values : changes, isNew);
      if (unreadable.length > 0) throw unreadableProblem(unreadable, words.badJson);
      return send(body, etag);
    },
    onSaved,
    reload,
  });
  const labels = Object.fromEntries(fields.map(({ name }) => [name, names.member(name)]));
  return (
    <Form
      editing={editing}
      labels={labels}
      saveLabel={saveLabel}
      onCancel={onCancel}
      canSave={isNew || editing.isChanged}
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={editing.values[field.name] ?? ''}
          error={editing.errorOf(field.name)}
          onChange={(value) => editing.set(field.name, value)}
        />
      ))}
    </Form>
  );
}

function unreadableProblem(fields: string[], why: string): ServiceProblem {
  const errors = Object.fromEntries(fields.map((field) => [field, [why]]));
  return new ServiceProblem(400, 'validation_failed', why, errors);
}
