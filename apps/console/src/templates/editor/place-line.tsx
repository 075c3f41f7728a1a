import { Badge, Group } from '@mantine/core';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { useTexts } from '../../text/language.js';
import { placesTexts } from '../places.texts.js';
import { usePlaces } from '../use-places.js';

/** Where a template belongs, in words. */
export function PlaceLine({ template }: { template: TemplateView }) {
  const words = useTexts(placesTexts);
  const { nameOf, subtypesOf } = usePlaces();
  const subtype = subtypesOf(template.service_type_slug).find(
    ({ value }) => value === template.subtype_slug,
  );
  const parts = [
    words.channels[template.channel],
    words.targets[template.target],
    nameOf('services', template.service_type_slug),
    template.subtype_slug ? (subtype?.label ?? template.subtype_slug) : null,
    nameOf('phases', template.phase_slug),
    template.taller_slug ? nameOf('talleres', template.taller_slug) : words.everyTaller,
    template.event_type,
  ];
  return (
    <Group gap="xs">
      {parts
        .filter((part) => part !== null)
        .map((part) => (
          <Badge key={part} variant="default" tt="none" fw={500}>
            {part}
          </Badge>
        ))}
    </Group>
  );
}
