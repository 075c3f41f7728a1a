import { ChoiceShown, TextShown } from './shown.js';

export class ServiceView {
  @TextShown('The service.', 'ambacar-notifications')
  name: string;

  @TextShown('Its version.', '0.1.0')
  version: string;

  @ChoiceShown(['ok'], 'It answers.', 'ok')
  status: 'ok';
}
