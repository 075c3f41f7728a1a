import { Anchor, Badge, Code, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import type { Field } from './document/fields.js';
import { linkOf } from './document/references.js';
import type { Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface ValueShownProps {
  field: Field;
  value: unknown;
  resources: readonly Resource[];
  /** Whether there is room for all of it. */
  isWhole?: boolean;
}

/** A member's value as people read it; ids lead to what they name. */
export function ValueShown({ field, value, resources, isWhole = false }: ValueShownProps) {
  const words = useTexts(resourcesTexts);
  const { number } = useFormats();
  if (value === null || value === undefined || value === '')
    return (
      <Text span c="dimmed" size="sm">
        {words.empty}
      </Text>
    );
  const link = linkOf(resources, field.name, value);
  if (link)
    return (
      <Anchor component={Link} to={link} size="sm">
        {String(value)}
      </Anchor>
    );
  if (typeof value === 'boolean') return <Text size="sm">{value ? words.yes : words.no}</Text>;
  if (typeof value === 'number') return <Text size="sm">{number(value)}</Text>;
  if (typeof value === 'string') return <Words field={field} text={value} isWhole={isWhole} />;
  return <Compound value={value} isWhole={isWhole} />;
}

function Words({ field, text, isWhole }: { field: Field; text: string; isWhole: boolean }) {
  const names = useTexts(namesTexts);
  const { moment } = useFormats();
  if (field.kind === 'moment') return <Text size="sm">{moment(text)}</Text>;
  if (field.kind === 'choice')
    return (
      <Badge variant="light" tt="none" miw="max-content">
        {names.value(text)}
      </Badge>
    );
  if (!isWhole)
    return (
      <Text size="sm" lineClamp={2}>
        {text}
      </Text>
    );
  return (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

function Compound({ value, isWhole }: { value: unknown; isWhole: boolean }) {
  const { number } = useFormats();
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return (
      <Text size="sm">
        {value.map((one) => (typeof one === 'number' ? number(one) : String(one))).join(', ')}
      </Text>
    );
  if (!isWhole) return <Code>{JSON.stringify(value).slice(0, 80)}</Code>;
  return (
    <Code block tabIndex={0} mah={320} style={{ overflow: 'auto' }}>
      {JSON.stringify(value, null, 2)}
    </Code>
  );
}
