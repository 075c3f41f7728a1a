import { NativeSelect, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Queried } from '../../parts/states.js';
import { useTexts } from '../../text/language.js';
import { useTalleres } from '../known-talleres.js';
import { channelsTexts } from './channels.texts.js';
import { HouseChannels } from './house-channels.js';
import { TallerChannels } from './taller-channels.js';

/** How messages leave: by the service's own senders, or by those of one taller. */
export function ChannelSettings() {
  const words = useTexts(channelsTexts);
  const { taller } = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const talleres = useTalleres();
  return (
    <Queried query={talleres}>
      {(known) => (
        <Stack>
          <NativeSelect
            label={words.whose}
            maw={420}
            data={[
              { value: '', label: words.house },
              ...known.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={taller ?? ''}
            onChange={({ currentTarget: { value } }) =>
              navigate({ search: { ver: 'canales', ...(value && { taller: value }) } })
            }
          />
          {taller ? <TallerChannels key={taller} taller={taller} /> : <HouseChannels />}
        </Stack>
      )}
    </Queried>
  );
}
