import {
  Checkbox,
  Group,
  JsonInput,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useTexts } from '../text/language.js';
import type { Field } from './document/fields.js';
import type { FormValue } from './document/form-values.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface FieldInputProps {
  field: Field;
  value: FormValue;
  error: string | undefined;
  onChange(value: FormValue): void;
}

/** The input that a member's schema asks for, with what the document says of it as its hint. */
export function FieldInput({ field, value, error, onChange }: FieldInputProps) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const shared = {
    label: names.member(field.name),
    description: field.description ? <span lang="en">{field.description}</span> : undefined,
    error,
    required: field.isRequired,
    withAsterisk: field.isRequired,
  };
  const text = typeof value === 'string' ? value : '';
  const typed = {
    ...shared,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  const many = { ...shared, value: Array.isArray(value) ? value : [], onChange };
  switch (field.kind) {
    case 'switch':
      return (
        <Switch
          label={shared.label}
          description={shared.description}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          data={choicesOf(field, words, names.value)}
          value={text === '' ? null : text}
          onChange={(chosen) => onChange(chosen ?? '')}
          clearable={!field.isRequired}
          placeholder={words.any}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group {...many}>
          <Group gap="md" mt="xs">
            {field.options.map((option) => (
              <Checkbox key={option} value={option} label={names.value(option)} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case 'tags':
      return <TagsInput {...many} placeholder={words.tagsHint} />;
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={text}
          onChange={(number) => onChange(String(number))}
          hideControls
        />
      );
    case 'date':
      return <TextInput {...typed} type="date" />;
    case 'moment':
      return <TextInput {...typed} type="datetime-local" step={1} />;
    case 'long-text':
      return <Textarea {...typed} autosize minRows={3} maxRows={16} />;
    case 'secret':
      return <PasswordInput {...typed} autoComplete="new-password" />;
    case 'json':
      return (
        <JsonInput
          {...shared}
          value={text}
          onChange={onChange}
          validationError={error ?? words.badJson}
          placeholder={words.jsonHint}
          autosize
          minRows={3}
          maxRows={20}
        />
      );
    default:
      return <TextInput {...typed} type={field.kind === 'email' ? 'email' : 'text'} />;
  }
}

function choicesOf(
  { options }: Field,
  words: { yes: string; no: string },
  nameOf: (value: string) => string,
) {
  if (options.length > 0) return options.map((value) => ({ value, label: nameOf(value) }));
  return [
    { value: 'true', label: words.yes },
    { value: 'false', label: words.no },
  ];
}
