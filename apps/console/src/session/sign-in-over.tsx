import { Modal } from '@mantine/core';
import type { SignInWays } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { signInTexts } from './sign-in.texts.js';
import { SignInForm } from './sign-in-form.js';

/** Asks for a new session over the screen that needs one. It cannot be put aside. */
export function SignInOver({ ways }: { ways: SignInWays }) {
  const words = useTexts(signInTexts);
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={words.ended}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
    >
      <SignInForm ways={ways} lead={words.endedLead} isOverScreen />
    </Modal>
  );
}
