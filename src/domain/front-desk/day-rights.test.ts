import { expect, it } from 'vitest'
import { missingRights } from './day-rights'

it.each([
  ['nothing', [], ['Appointment', 'Patient', 'Coverage']],
  ['a patient’s own', ['patient/*.rs', 'patient/Appointment.rs'], ['Appointment', 'Patient', 'Coverage']],
  ['all of version 2', ['user/*.rs'], []],
  ['all of version 1', ['user/*.read'], []],
  ['one by one', ['user/Appointment.s', 'user/Patient.rs', 'user/Coverage.cruds'], []],
  [
    'reading without searching',
    ['user/Appointment.r', 'user/Patient.rs', 'user/Coverage.rs'],
    ['Appointment'],
  ],
  ['writing', ['user/*.write', 'user/*.cud'], ['Appointment', 'Patient', 'Coverage']],
  ['a narrowed one', ['user/Appointment.rs?status=booked', 'user/Patient.rs', 'user/Coverage.*'], []],
] as const)('the day’s list with %s lacks what it says', (_, scopes, missing) => {
  expect(missingRights(scopes)).toEqual(missing)
})
