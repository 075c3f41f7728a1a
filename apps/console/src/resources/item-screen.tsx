import { Anchor, Grid, Stack, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Page } from '../parts/page.js';
import { Empty, Queried } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { askTagged, ifMatch, type Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { CallForm } from './call-form.js';
import { callResource, type Row } from './call-resource.js';
import { ChildList } from './child-list.js';
import { DetailButton } from './detail-button.js';
import { titleOf } from './document/columns.js';
import type { Call, Resource } from './document/resources.js';
import { ItemActions } from './item-actions.js';
import { ItemHistory } from './item-history.js';
import { MembersShown } from './members-shown.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';
import { useResources } from './use-resources.js';

const route = getRouteApi('/recursos/$resource/$id');

/** One thing of a resource: its members, its form, what may be done with it, and its history. */
export function ItemScreen() {
  const { resource: key, id } = route.useParams();
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const resources = useResources();
  const resource = resources.data?.find((one) => one.key === key);
  const read = resource?.read;
  const item = useQuery({
    queryKey: ['resource', key, 'item', id],
    queryFn: ({ signal }) =>
      read
        ? askTagged(callResource(read, { path: { [resource.idParameter]: id }, signal }))
        : Promise.reject(new Error(words.unknownLead)),
    enabled: read !== undefined,
  });
  const title = resource && item.data ? titleOf(item.data.data, resource.idMember) : '';
  return (
    <Page title={title || names.resource(key)} lead={title ? names.resource(key) : undefined}>
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link {...props} to="/recursos/$resource" params={{ resource: key }} />
        )}
      >
        {names.resource(key)}
      </Anchor>
      <Queried query={resources}>
        {(all) =>
          resource && read ? (
            <Queried query={item}>
              {(held) => (
                <Item key={`${key}/${id}`} resource={resource} id={id} held={held} all={all} />
              )}
            </Queried>
          ) : (
            <Empty>{words.unknownLead}</Empty>
          )
        }
      </Queried>
    </Page>
  );
}

interface ItemProps {
  resource: Resource;
  id: string;
  held: Tagged<Row>;
  all: readonly Resource[];
}

function Item({ resource, id, held, all }: ItemProps) {
  const words = useTexts(resourcesTexts);
  const { change, remove, read, children, details } = resource;
  const typed = change?.fields.map(({ name }) => name) ?? [];
  const rest = read?.answer.filter(({ name }) => !typed.includes(name)) ?? [];
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <ItemActions resource={resource} id={id} />
          {change ? <ChangeForm resource={resource} change={change} id={id} held={held} /> : null}
          {remove ? <RemoveButton resource={resource} remove={remove} id={id} held={held} /> : null}
          {children.map((list) => (
            <ChildList key={list.path} list={list} resource={resource} id={id} all={all} />
          ))}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="lg">
          <Stack gap="xs" component="section" aria-label={words.data}>
            <Title order={2} size="h4">
              {words.data}
            </Title>
            <MembersShown fields={rest} row={held.data} resources={all} />
          </Stack>
          {details.map((call) => (
            <DetailButton key={call.path} call={call} resource={resource} id={id} all={all} />
          ))}
          <ItemHistory resource={resource.one} id={id} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

interface ChangeProps {
  resource: Resource;
  id: string;
  held: Tagged<Row>;
}

function ChangeForm({ resource, change, id, held }: ChangeProps & { change: Call }) {
  const words = useTexts(resourcesTexts);
  const told = useTold();
  const queries = useQueryClient();
  const { key, idParameter } = resource;
  const itemKey = ['resource', key, 'item', id];
  return (
    <CallForm
      call={change}
      saved={held}
      isNew={false}
      send={async (body, etag) => {
        const place = { path: { [idParameter]: id }, headers: ifMatch(etag) };
        queries.setQueryData(itemKey, await askTagged(callResource(change, place, body)));
      }}
      onSaved={() => {
        told(words.saved);
        queries.invalidateQueries({ queryKey: ['resource', key] });
        queries.invalidateQueries({ queryKey: ['history'] });
      }}
      reload={() => queries.invalidateQueries({ queryKey: itemKey })}
    />
  );
}

function RemoveButton({ resource, remove, id, held }: ChangeProps & { remove: Call }) {
  const words = useTexts(resourcesTexts);
  const told = useTold();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const { key, idParameter, idMember } = resource;
  return (
    <div>
      <ConfirmedButton
        color="red"
        variant="light"
        question={words.removeQuestion(titleOf(held.data, idMember))}
        consequence={words.removeLead}
        verb={words.remove}
        act={async () => {
          const place = { path: { [idParameter]: id }, headers: ifMatch(held.etag) };
          await ask(callResource(remove, place));
          told(words.removed);
          await navigate({ to: '/recursos/$resource', params: { resource: key }, search: {} });
          queries.removeQueries({ queryKey: ['resource', key, 'item', id] });
          await queries.invalidateQueries({ queryKey: ['resource', key] });
        }}
      >
        {words.remove}
      </ConfirmedButton>
    </div>
  );
}
