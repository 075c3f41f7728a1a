import { Anchor, Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { useTexts } from '../text/language.js';
import type { Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';
import { useResources } from './use-resources.js';

/** All lists that the API has, by name. */
export function IndexScreen() {
  const words = useTexts(resourcesTexts);
  const resources = useResources();
  return (
    <Page title={words.title} lead={words.lead}>
      <Queried query={resources} isEmpty={(all) => all.length === 0}>
        {(all) => (
          <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} p={0} m={0}>
            {all.map((resource) => (
              <Entry key={resource.key} resource={resource} />
            ))}
          </SimpleGrid>
        )}
      </Queried>
    </Page>
  );
}

function Entry({ resource }: { resource: Resource }) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const { key, create, change, remove, list } = resource;
  const may = [
    words.looks,
    ...(create ? [words.creates] : []),
    ...(change ? [words.changes] : []),
    ...(remove ? [words.removes] : []),
  ];
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Anchor
        fw={600}
        renderRoot={(props) => (
          <Link {...props} to="/recursos/$resource" params={{ resource: key }} />
        )}
      >
        {names.resource(key)}
      </Anchor>
      <Text size="sm" c="dimmed">
        {names.about(key, list.summary)}
      </Text>
      <Group gap={4}>
        {may.map((word) => (
          <Badge key={word} variant="light" size="sm" tt="none">
            {word}
          </Badge>
        ))}
      </Group>
    </Stack>
  );
}
