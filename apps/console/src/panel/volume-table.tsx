import { Table } from '@mantine/core';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { wordsTexts } from '../notifications/words.texts.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';

/** The figures of the bars, a row for each day. */
export function VolumeTable({ days }: { days: AnalyticsSummary['by_day'] }) {
  const words = useTexts(panelTexts);
  const names = useTexts(wordsTexts);
  const formats = useFormats();
  const channels = days[0]?.by_channel.map(({ channel }) => channel) ?? [];
  return (
    <Table.ScrollContainer
      minWidth={300}
      maxHeight={320}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.volume },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{words.day}</Table.Th>
            {channels.map((channel) => (
              <Table.Th scope="col" key={channel}>
                {names.channels[channel]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ date, by_channel }) => (
            <Table.Tr key={date}>
              <Table.Th scope="row">{formats.day(date)}</Table.Th>
              {by_channel.map(({ channel, total }) => (
                <Table.Td key={channel}>{formats.number(total)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
