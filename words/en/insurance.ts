/** The till's questions for an insurance quote. */
export function englishInsurance() {
  return {
    title: 'Who is insured?',
    hint: 'JustiFi asks the insurer for a price. This is sent with the question, and not kept.',
    fields: { firstName: 'First name', lastName: 'Last name', email: 'E-mail', state: 'State, like MN', postalCode: 'ZIP or postal code' },
    wrong: 'Correct what is marked.',
    quote: 'Get the price',
  };
}

export type InsuranceWords = ReturnType<typeof englishInsurance>;
