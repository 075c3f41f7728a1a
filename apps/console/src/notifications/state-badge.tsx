import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChecks,
  IconClockX,
  IconEye,
  IconReplace,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react';
import type { NotificationSummary } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { SignBadge } from './sign-badge.js';
import { wordsTexts } from './words.texts.js';

type State = NotificationSummary['state'];

const looks: Record<State, { color: string; Icon: TablerIcon }> = {
  in_progress: { color: 'blue', Icon: IconSend },
  sent: { color: 'cyan', Icon: IconCheck },
  delivered: { color: 'teal', Icon: IconChecks },
  read: { color: 'green', Icon: IconEye },
  failed: { color: 'red', Icon: IconAlertTriangle },
  expired: { color: 'orange', Icon: IconClockX },
  canceled: { color: 'gray', Icon: IconBan },
  superseded: { color: 'gray', Icon: IconReplace },
};

/** What became of a notification, in a word and a sign; `count` where it is of several people. */
export function StateBadge({ state, count = 1 }: { state: State; count?: number }) {
  const words = useTexts(wordsTexts);
  const { color, Icon } = looks[state];
  return (
    <SignBadge color={color} Icon={Icon}>
      {count > 1 ? `${count} × ${words.states[state]}` : words.states[state]}
    </SignBadge>
  );
}
