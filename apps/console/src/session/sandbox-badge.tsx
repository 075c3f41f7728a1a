import { Badge, Box } from '@mantine/core';
import { useTexts } from '../text/language.js';
import { sessionTexts } from './session.texts.js';
import { useSession } from './use-session.js';

/** How many channels there are: where all of them end in the sandbox, nothing leaves. */
const allChannels = 3;

/** Says on every screen that messages end in the sandbox. */
export function SandboxBadge() {
  const words = useTexts(sessionTexts);
  const channels = useSession().data?.sandbox ?? [];
  if (channels.length === 0) return null;
  const isAll = channels.length === allChannels;
  return (
    <Badge color="yellow.5" size="lg" style={{ flexShrink: 0 }}>
      <Box component="span" visibleFrom="sm">
        {isAll ? words.nothingLeaves : words.sandboxed(channels)}
      </Box>
      <Box component="span" hiddenFrom="sm">
        {isAll ? words.nothing : words.trial}
      </Box>
    </Badge>
  );
}
