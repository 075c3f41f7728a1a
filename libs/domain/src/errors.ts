/**
 * Every refusal that a caller can be told, with a sentence in the staff's language and in English.
 * The code is stable: clients branch on it. The HTTP status of each stands in the API, typed so
 * that a new code without a status does not compile.
 */
export const errors = {
  validation_failed: {
    es: 'La solicitud tiene datos que no se pueden usar.',
    en: 'The request holds data that cannot be used.',
  },
  unknown_service_type: {
    es: 'No existe ese tipo de servicio.',
    en: 'There is no such service type.',
  },
  unknown_subtype: {
    es: 'El tipo de servicio no tiene ese subtipo.',
    en: 'The service type has no such subtype.',
  },
  unknown_phase: { es: 'No existe esa fase.', en: 'There is no such phase.' },
  unknown_customer: { es: 'No existe ese cliente.', en: 'There is no such customer.' },
  unknown_vehicle: {
    es: 'El cliente no tiene ese vehículo.',
    en: 'The customer has no such vehicle.',
  },
  unknown_taller: { es: 'No existe ese taller.', en: 'There is no such workshop.' },
  no_orchestration: {
    es: 'No hay orquestación para ese tipo de servicio, fase y destino.',
    en: 'There is no orchestration for that service type, phase and target.',
  },
  missing_variables: {
    es: 'Faltan variables que las plantillas necesitan.',
    en: 'Variables that the templates need are missing.',
  },
  no_reachable_channel: {
    es: 'No hay ningún canal por el que se pueda avisar.',
    en: 'There is no channel by which anyone can be told.',
  },
  no_recipients: {
    es: 'No hay personal que siga esa fase, ni correos de administración.',
    en: 'No member of staff follows that phase, and there are no admin mailboxes.',
  },
  already_expired: {
    es: 'El aviso ya no tendría validez cuando saliera.',
    en: 'The notice would no longer be of use when it left.',
  },
  content_too_long: {
    es: 'El mensaje es demasiado largo para el canal.',
    en: 'The message is too long for the channel.',
  },
  template_failed: {
    es: 'Una plantilla no se puede componer.',
    en: 'A template cannot be rendered.',
  },
  idempotency_key_reused: {
    es: 'Esa clave de idempotencia ya se usó con otro contenido.',
    en: 'That idempotency key was used with another body.',
  },
  idempotency_key_in_use: {
    es: 'La primera solicitud con esa clave todavía está en curso.',
    en: 'The first request with that key is still running.',
  },
  conflict: {
    es: 'Otros datos todavía dependen de esto.',
    en: 'Other data still depends on this.',
  },
  changed_meanwhile: {
    es: 'Alguien lo cambió mientras tanto; vuelva a leerlo.',
    en: 'Someone changed it meanwhile; read it again.',
  },
  not_found: { es: 'No existe.', en: 'There is no such thing.' },
  unauthorized: { es: 'Falta una clave válida.', en: 'A valid key is missing.' },
  forbidden: { es: 'La clave no permite esto.', en: 'The key does not allow this.' },
  method_not_allowed: {
    es: 'Esa ruta no acepta ese método.',
    en: 'That path does not take that method.',
  },
  not_acceptable: {
    es: 'Esa ruta no responde en ninguno de los formatos que se piden.',
    en: 'That path answers in none of the formats that are asked for.',
  },
  upgrade_required: {
    es: 'Esa ruta habla solo por WebSocket.',
    en: 'That path speaks over a WebSocket alone.',
  },
  payload_too_large: {
    es: 'La solicitud es demasiado grande.',
    en: 'The request is too large.',
  },
  unsupported_media_type: {
    es: 'El cuerpo debe ser JSON.',
    en: 'The body must be JSON.',
  },
  rate_limited: { es: 'Demasiadas solicitudes.', en: 'Too many requests.' },
  taller_overloaded: {
    es: 'El taller tiene demasiados avisos en espera; repita la solicitud más tarde.',
    en: 'Too many of the workshop’s notices are waiting; repeat the request later.',
  },
  overloaded: {
    es: 'Hay demasiados avisos en espera; repita la solicitud más tarde.',
    en: 'Too many notices are waiting; repeat the request later.',
  },
  unavailable: {
    es: 'El servicio no puede atender ahora; repita la solicitud en unos segundos.',
    en: 'The service cannot answer now; repeat the request in a few seconds.',
  },
  internal_error: { es: 'Error interno.', en: 'Internal error.' },
} as const satisfies Record<string, { es: string; en: string }>;

export type ErrorCode = keyof typeof errors;

/** Why a request is refused, by the field that must change. Paths have dots: `context.hora`. */
export type FieldErrors = Record<string, string[]>;
