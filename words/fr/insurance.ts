import type { InsuranceWords } from '../en/insurance.ts';

export function frenchInsurance(): InsuranceWords {
  return {
    title: 'Qui est assuré ?',
    hint: 'JustiFi demande un prix à l’assureur. Ces renseignements sont envoyés avec la demande et ne sont pas conservés.',
    fields: { firstName: 'Prénom', lastName: 'Nom', email: 'Courriel', state: 'Province, comme QC', postalCode: 'Code postal' },
    wrong: 'Corrigez ce qui est marqué.',
    quote: 'Demander le prix',
  };
}
