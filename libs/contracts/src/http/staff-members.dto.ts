import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { BooleanField, ObjectField, patchOf, TextField, TextListField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';
import { ChannelPreferenceView, PreferencesInput } from './preferences.dto.js';

/** One who works in a workshop, as it is made or replaced. */
export class StaffMemberInput {
  @TextField({ max: 200, example: 'Verónica Almeida' })
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
    example: 'taller-norte',
  })
  taller_id?: string;

  @BooleanField({ required: false, default: true, description: 'False: gets no notices.' })
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

export class StaffMemberPatch extends patchOf(StaffMemberInput) {}

export class StaffPreferencesView {
  @ApiProperty({ type: ChannelPreferenceView })
  email: ChannelPreferenceView;

  @ApiProperty({ type: ChannelPreferenceView })
  whatsapp: ChannelPreferenceView;

  @ApiProperty({ type: ChannelPreferenceView })
  push: ChannelPreferenceView;
}

export class StaffMemberView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  /** E.164. */
  @ApiProperty({ type: String, nullable: true, example: '+593990000201' })
  phone: string | null;

  @ApiProperty({ type: String, format: 'uuid' })
  taller_id: string;

  @ApiProperty({ type: Boolean })
  is_active: boolean;

  /** In the order of the phases. */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  phase_ids: string[];

  @ApiProperty({ type: StaffPreferencesView })
  preferences: StaffPreferencesView;

  @ApiMoment()
  created_at: string;

  /** Moves with phases and preferences too. */
  @ApiMoment()
  updated_at: string;
}

export class StaffMemberPage extends PageOf(StaffMemberView, 'StaffMemberPage') {}

const orderings = ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at'];

/** `search` finds those of whom each of its words is part of name, e-mail or phone. */
export class StaffMembersQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'name' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string;

  /** Slug or UUID of a phase that the member follows. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  phase_id?: string;

  @ApiProperty({ type: Boolean, required: false })
  @IsBoolean()
  @IsOptional()
  is_active?: boolean;
}
