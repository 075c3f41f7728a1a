import { ids, texts } from './examples.js';
import { BooleanField, ObjectField, patchOf, TextField, TextListField } from './fields.js';
import { ActiveFilter, OrderingFilter, PhaseFilter, TallerFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { ChannelPreferencesView, PreferencesInput } from './preferences.dto.js';
import {
  FlagShown,
  IdShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
  TextsShown,
} from './shown.js';

const activeMeaning = 'False: gets no notices, and stays listed.';

/** One who works in a workshop, as it is made or replaced. */
export class StaffMemberInput {
  @TextField({ max: 200, description: 'For colleagues.', example: 'Verónica Almeida' })
  name: string;

  @TextField({
    required: false,
    nullable: true,
    max: 254,
    format: 'email',
    default: null,
    description: 'One plain mailbox. Null: none.',
    example: 'veronica.almeida@example.com',
  })
  email?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 40,
    default: null,
    description:
      "Kept in E.164. Without a country code it is read as of the workshop's country. Null: none.",
    example: '+593990000201',
  })
  phone?: string | null;

  @TextField({
    required: false,
    max: 100,
    description: 'The workshop, by slug or UUID. The key of one workshop may leave it out.',
    example: texts.taller,
  })
  taller_id?: string;

  @BooleanField({ required: false, default: true, description: activeMeaning, example: true })
  is_active?: boolean;

  @TextListField({
    required: false,
    max: 100,
    maxLength: 100,
    default: [],
    description: 'The phases that this member follows, by slug or UUID.',
    example: ['phase-reception'],
  })
  phase_ids?: string[];

  @ObjectField(PreferencesInput, {
    required: false,
    description: 'A PATCH leaves alone what is left out; a PUT gives it back its default.',
  })
  preferences?: PreferencesInput;
}

export class StaffMemberPatch extends patchOf(StaffMemberInput, 'phase_ids') {}

export class StaffMemberView {
  @IdShown('The member of staff.', ids.staffMember)
  id: string;

  @TextShown('For colleagues.', 'Verónica Almeida')
  name: string;

  @TextShown('Where the mail goes; null: nowhere.', 'veronica.almeida@example.com', orNull)
  email: string | null;

  @TextShown('E.164. For WhatsApp; null: none.', '+593990000201', orNull)
  phone: string | null;

  @IdShown('The workshop.', ids.taller)
  taller_id: string;

  @FlagShown(activeMeaning, true)
  is_active: boolean;

  @TextsShown('The phases followed, in their order.', [ids.phase], { format: 'uuid' })
  phase_ids: string[];

  @ObjectShown(ChannelPreferencesView, 'How this member wants to be told.')
  preferences: ChannelPreferencesView;

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When it, its phases or its preferences were last changed.')
  updated_at: string;
}

export class StaffMemberPage extends PageOf(StaffMemberView, 'StaffMemberPage') {}

const orderings = ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at'];

/** `search` finds those of whom each of its words is part of name, e-mail or phone. */
export class StaffMembersQuery extends PageQuery {
  @OrderingFilter(orderings, 'name')
  ordering?: string;

  @TallerFilter()
  taller_id?: string;

  @PhaseFilter('A phase that the member follows, by slug or UUID.')
  phase_id?: string;

  @ActiveFilter()
  is_active?: boolean;
}
