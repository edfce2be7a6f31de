import type { DayUnit } from '../../phrases'
import { counted, dayIn } from './intl'
import type { PatientLanguage } from './language'

const locale = 'es-US'

const days = (count: number, unit: DayUnit): string =>
  counted(
    locale,
    count,
    unit === 'working' ? { one: 'día hábil', other: 'días hábiles' } : { one: 'día', other: 'días' },
  )

/** The patient's paper in Spanish, as health plans in the United States write it; "usted" throughout. */
export const es: PatientLanguage = {
  tag: 'es',
  locale,
  name: 'Español',
  sentences: {
    fine: () => 'Sí. Su plan dice que cubre esto.',
    'authorization-first': () => 'Su plan tiene que aprobar esto antes de que usted lo reciba.',
    'authorization-by-performer': () =>
      'Su plan tiene que aprobar esto antes de que usted lo reciba. Lo pide el lugar donde va a recibir la atención.',
    'authorization-granted': () => 'Su plan cubre esto.',
    'authorization-depends': () => 'Su plan cubre esto. Puede que tenga que aprobarlo antes.',
    'authorization-undecided': () => 'Su plan cubre esto. No pudo decirnos si tiene que aprobarlo antes.',
    'authorization-not-stated': () => 'Su plan cubre esto. No nos dijo si tiene que aprobarlo antes.',
    'authorization-unclear': () => 'Su plan cubre esto. No está claro si tiene que aprobarlo antes.',
    'documents-first': () => 'Su plan cubre esto. Antes necesita unos papeles.',
    'information-first': () => 'Su plan cubre esto. Antes necesita saber más.',
    'not-covered': () => 'No. Su plan dice que no cubre esto.',
    conditional: () => 'Depende. Su plan todavía no sabe lo suficiente.',
    'conditional-and-authorization': () =>
      'Depende. Además, su plan tiene que aprobar esto antes de que usted lo reciba.',
    undecided: () => 'Su plan no pudo decirnos si cubre esto.',
    'not-stated': () => 'Su plan no nos dijo si cubre esto.',
    'not-stated-but-authorization': () =>
      'Su plan tiene que aprobar esto antes de que usted lo reciba. No nos dijo si lo cubre.',
    'not-understood': () => 'No pudimos entender lo que dijo su plan. Lo mejor es llamar a su plan.',
    several: ({ count }) =>
      `Su plan dio ${counted(locale, count, { one: 'respuesta', other: 'respuestas' })}. Cada una vale solo para lo que se indica con ella.`,
    silent: () => 'Su plan no dio respuesta. Esto no quiere decir que lo cubra.',
    'messages-only': () => 'Su plan nos envió un mensaje. No dijo si cubre esto.',
    'not-asked': () => 'No le preguntamos a su plan.',
    'nobody-asked': () => 'No le preguntamos a ningún plan de salud.',
    'not-prepared': () => 'No pudimos preguntarle a su plan.',
    'gave-error': () => 'Su plan nos envió un error. Todavía no hay respuesta.',
    'not-reached': () => 'No pudimos comunicarnos con su plan. Todavía no hay respuesta.',
    'timed-out': () => 'Su plan no respondió a tiempo.',
    'too-busy': () => 'Su plan tenía demasiadas preguntas en ese momento. Todavía no hay respuesta.',
    skipped: () => 'No esperamos a que su plan respondiera.',
    'second-silent': ({ payer }) => `${payer} es su segundo plan. No tuvo nada que agregar.`,
    'second-said': ({ payer }) => `${payer} es su segundo plan. Nos envió un mensaje.`,
    'why.no-member-found': () =>
      'Su plan no encontró su nombre. Por favor, muéstrenos su tarjeta de miembro.',
    'why.no-active-coverage': () => 'Este plan no le da cobertura ese día.',
    'why.coverage-not-found': () =>
      'Su plan no encontró esta cobertura. Por favor, muéstrenos su tarjeta de miembro.',
    'why.auth-out-network': () =>
      'Tiene que aprobarlo antes porque el lugar no es uno de los que trabajan con su plan.',
    'why.detail-code': () => 'Su plan tiene que saber más sobre el servicio.',
    'why.technical': () => 'Su plan tiene problemas con sus sistemas. Puede que pasen pronto.',
    'unknown.coverage': () => 'Si su plan cubre esto.',
    'unknown.authorization': () => 'Si su plan tiene que aprobarlo antes.',
    'tell.fine': () =>
      'No tiene que aprobarlo antes. Puede que usted tenga que pagar una parte. Esa parte puede ser un copago o un deducible.',
    'tell.authorization': () => 'Hasta entonces, su plan no lo paga. Este paso se llama autorización previa.',
    'tell.authorization-granted': ({ payer }) =>
      `${payer} dice que ya lo aprobó. Nosotros lo vamos a revisar.`,
    'tell.not-covered': () => 'Usted tendría que pagarlo. Hable con nosotros o con su plan antes de decidir.',
    'tell.depends': () => 'Todavía no podemos decirle sí o no. Su plan necesita saber más.',
    'tell.needed': () => 'Lo pagará cuando tenga todo lo que pide.',
    'tell.not-known': () => 'Todavía no sabemos si su plan va a pagar. Por favor, no cuente con ello.',
    'tell.no-coverage': () =>
      'No encontramos ningún plan de salud que le dé cobertura ahora. Por favor, muéstrenos su tarjeta de miembro.',
    'collect.nothing': () => 'Nada. Su plan no pidió nada.',
    'collect.not-known': () => 'Todavía no sabemos qué necesita su plan.',
    'collect.not-asked': () => 'Todavía no lo sabemos. No le preguntamos a nadie.',
    'collect.card': () => 'Su tarjeta de miembro. La vamos a registrar.',
    'collect.clinical': () => 'Papeles sobre su salud. Los tiene su equipo médico.',
    'collect.admin': () => 'Datos sobre su visita. Los tenemos nosotros.',
    'collect.patient': () => 'Datos de usted o de su familia. Se los vamos a pedir.',
    'collect.both': () => 'Papeles sobre su salud y su visita. Los tenemos nosotros.',
    'collect.conditional': () => 'Puede que necesite papeles. Todavía no lo sabe.',
    'collect.indeterminate': () => 'Puede que necesite papeles. Su plan no pudo decirlo.',
    'collect.form': ({ count }) =>
      `${counted(locale, count, { one: 'formulario', other: 'formularios' })} para llenar. De eso se ocupa su equipo médico.`,
    'collect.performer': () => 'El nombre de quien va a darle la atención.',
    'collect.location': () => 'El lugar donde va a recibir esto.',
    'collect.timeframe': () => 'El día exacto en que va a recibir esto.',
    'collect.contract-window': () =>
      'Un día de este año del plan. Para un día posterior tenemos que preguntar otra vez.',
    'collect.detail-code': () => 'Un nombre más exacto del servicio. Nosotros lo buscamos.',
    'collect.other': () => 'Otra cosa. Pregúntenos qué es.',
    'only-for-codes': ({ codes }) => `Esto vale solo si la factura dice ${codes}.`,
    'only-with-other-orders': () => 'Esto vale solo si usted recibe también otro servicio.',
    'time.ask-by': ({ days: count, unit, by }) =>
      `Su plan puede tardar hasta ${days(count, unit)} en aprobarlo. Tenemos que pedirlo a más tardar el ${dayIn(locale, by) ?? by}.`,
    'time.ask-today': ({ days: count, unit }) =>
      `Su plan puede tardar hasta ${days(count, unit)} en aprobarlo. Tenemos que pedirlo ya.`,
    'time.too-late': ({ days: count, unit }) =>
      `Su plan puede tardar hasta ${days(count, unit)} en aprobarlo. La fecha está demasiado cerca. Puede que tengamos que buscar otra más adelante.`,
    'time.not-said': () => 'Su plan no dijo cuánto tarda en aprobarlo.',
    'call.payer': ({ payer, phone }) => `${payer}: ${phone}`,
    'call.contact': ({ name, value }) => `${name}: ${value}`,
    'call.card': () => 'Llame a su plan. El número está en su tarjeta de miembro.',
  },
  details: {
    'detail.in-network-copay': 'Su parte (copago) en un lugar que trabaja con su plan',
    'detail.out-network-copay': 'Su parte (copago) en otro lugar',
    'detail.allowed-quantity': 'Lo máximo que cubre',
    'detail.allowed-period': 'El tiempo máximo que cubre',
    'detail.concurrent-review': 'Papeles que necesita antes de pagar',
    'detail.instructions': 'Lo que nos pide a nosotros',
    'detail.auth-out-network-only': 'Tiene que aprobarlo antes solo en un lugar que no trabaja con él',
    'detail.policy-link': 'Sus reglas',
    'detail.other': 'También dice',
  },
  labels: {
    title: '¿Cubre esto su plan de salud?',
    warning: 'Esto no es una promesa de pago. Su plan decide cuando recibe la factura.',
    patient: 'Nombre',
    born: 'Nació el',
    gender: 'Sexo',
    genders: { female: 'Femenino', male: 'Masculino', other: 'Otro', unknown: 'No indicado' },
    identifier: 'Número',
    made: 'Con fecha del',
    page: 'Página {page} de {pages}',
    notes: 'Tenga en cuenta',
    notKnown: 'No se sabe',
    service: 'Usted preguntó por',
    date: 'Fecha',
    place: 'Lugar',
    person: 'Con',
    orderedBy: 'Orden de',
    plan: 'Su plan',
    memberId: 'Su número de miembro',
    memberIdForNow: 'Número de miembro para esta pregunta',
    askedBy: 'Quién preguntó a su plan',
    answer: 'La respuesta',
    answerOf: ({ number, count }) => `Respuesta ${number} de ${count}`,
    time: 'Cuánto tarda',
    unknown: 'Lo que todavía no sabemos',
    asks: 'Lo que pide su plan',
    details: 'Más datos de su plan, en inglés',
    help: 'A quién llamar',
    said: ({ payer }) => `${payer} dijo, en inglés`,
    callWith: ({ number }) => `Si llama, dé este número: ${number}.`,
    until: ({ day }) => `Esta respuesta vale hasta el ${day}.`,
    odd: 'Una parte de la respuesta no está clara. La vamos a revisar.',
    changed: 'Cambiamos la pregunta después de esta respuesta. Por favor, pregúntenos otra vez.',
    closing: 'Si algo no está claro, pregúntenos.',
  },
}
