import type { Cell } from './matrix-cells.js';

export const spanishMatrix = {
  title: 'Matriz',
  lead: 'Por qué canales se avisa en cada fase. Los cambios valen desde el siguiente aviso.',
  noCatalog: 'Todavía no hay servicios ni fases. Cárguelos con «npm run cli -- seed».',
  serviceType: 'Servicio',
  target: 'A quién se avisa',
  taller: 'Taller',
  everyTaller: 'Todos (matriz general)',
  phase: 'Fase',
  grid: 'Canales por fase',
  close: 'Cerrar',
  cancel: 'Cancelar',

  inherited: (taller: string) => `${taller} usa la matriz general`,
  inheritedMeaning:
    'Lo que ve vale para todos los talleres. Para cambiar algo solo aquí, dele una matriz propia: empieza como copia de la general.',
  giveOwn: 'Dar una matriz propia',
  own: (taller: string) => `Matriz propia de ${taller}`,
  ownMeaning:
    'Los cambios de la matriz general ya no le llegan. Lo que difiere de ella está marcado.',
  removeOwn: 'Volver a la matriz general',
  removeMeaning:
    'Se borra la matriz propia de este taller, y desde el siguiente aviso vale la general.',
  remove: 'Borrar la propia',
  removed: 'El taller usa otra vez la matriz general.',
  missing: 'No hay matriz para esta selección',
  missingMeaning: 'Mientras no la haya, los avisos de este servicio se rechazan.',
  create: 'Crear la matriz',
  created: 'Matriz creada.',
  inactive: 'Esta matriz está desactivada: los avisos no la toman en cuenta',
  activate: 'Activar',
  activated: 'Matriz activada.',
  lacking: (count: number) => (count === 1 ? 'Falta 1 casilla' : `Faltan ${count} casillas`),
  lackingMeaning: 'Por una casilla que falta no sale nada. Se pueden llenar con lo habitual.',
  saveFirst: 'Guarde o deshaga antes sus cambios.',
  initialize: 'Llenar lo que falta',
  initialized: 'Las casillas que faltaban tienen lo habitual.',

  stateOf: (cell: Cell | undefined) =>
    cell ? (cell.enabled ? `Encendido, orden ${cell.priority}` : 'Apagado') : 'Sin casilla',
  markOf: (cell: Cell | undefined) =>
    cell ? (cell.enabled ? `${cell.priority}.º` : 'Apagado') : 'Sin casilla',
  optionsOf: (cell: string) => `Opciones de ${cell}`,
  unsaved: 'Sin guardar',
  differs: 'Distinto de la general',
  noTemplate: 'Sin plantilla',
  addTemplate: 'Escribir una',
  addTemplateFor: (cell: string) => `Sin plantilla: escribir una para ${cell}`,
  seeTemplate: 'Ver la plantilla',
  coverage: {
    own: 'Se avisa con la plantilla propia del taller.',
    global: 'Se avisa con la plantilla general.',
    some: 'Solo hay plantilla para algunos subtipos o eventos.',
  },

  enabled: 'Encendido',
  priority: 'Orden',
  priorityMeaning: '1 se intenta primero, si la persona no prefiere otro orden.',
  advanceAfter: 'Pasar al siguiente canal después de (minutos)',
  advanceMeaning: 'Vacío: solo cuando este falla.',
  advanceNever: 'Nunca',
  advanceUntil: 'Salvo que antes',
  goals: { sent: 'haya salido', delivered: 'haya llegado', read: 'se haya leído' },
  advance: (minutes: number, goal: string) => `Sigue tras ${minutes} min, salvo que ${goal}`,
  quietHours: 'Horario de silencio',
  quietMeaning: 'El del taller. El correo no molesta a nadie y nunca espera.',
  quiet: {
    default: 'Esperan recordatorios, encuestas y ofertas',
    hold: 'Espera todo lo de esta fase',
    ignore: 'No espera nada',
  },
  heldTooLong: 'Si tendría que esperar demasiado',
  held: { email: 'Sale el correo enseguida', expire: 'El aviso vence' },

  members: {
    enabled: 'estado',
    priority: 'orden',
    advance_after_minutes: 'minutos hasta el siguiente',
    advance_until: 'salvo que',
    quiet_hours: 'silencio',
    when_held_too_long: 'si espera demasiado',
    is_active: 'matriz',
  },
  on: 'encendido',
  off: 'apagado',
  nothing: 'nada',

  changes: 'Cambios',
  count: (count: number) =>
    count === 0
      ? 'Sin cambios'
      : count === 1
        ? '1 cambio sin guardar'
        : `${count} cambios sin guardar`,
  save: 'Guardar',
  saved: (count: number) => (count === 1 ? '1 cambio guardado.' : `${count} cambios guardados.`),
  undo: 'Deshacer',
  undoOne: (change: string) => `Deshacer ${change}`,
  undoAll: 'Deshacer todo',
  leave: 'Hay cambios sin guardar',
  leaveMeaning: 'Si sale de aquí, se pierden.',
  leaveAnyway: 'Salir sin guardar',
  stay: 'Quedarme',

  conflict: 'Alguien guardó esta matriz mientras usted la cambiaba',
  conflictMeaning: 'Nada de lo suyo se guardó todavía, y nada de lo otro se perdió.',
  seeConflict: 'Ver qué cambió',
  theirs: 'Lo que guardó la otra persona',
  yours: 'Lo que cambió usted',
  otherThanCells: 'Ninguna casilla',
  clashes: (count: number) =>
    count === 1 ? 'Los dos cambiaron esta casilla' : `Los dos cambiaron estas ${count} casillas`,
  takeTheirs: 'Descartar lo mío',
  keepMine: 'Poner lo mío sobre lo nuevo',

  history: 'Historial',
  noHistory: 'Nadie la ha cambiado todavía.',
  anonymous: 'Sin identificar',
  moreLines: (count: number) => `y ${count} casillas más`,
  changedCells: 'Cambió casillas',
  actions: {
    created: 'Creó la matriz',
    changed: 'Cambió la matriz',
    deleted: 'Borró la matriz',
  },
};
