/**
 * The script of a hosted field, as it is served to the browser.
 *
 * It is text and not a function because it runs in a page: the main process has no DOM types, and the bundler
 * must not rename or instrument anything in it. It imports nothing and uses only what the pinned Chromium has.
 *
 * Its messages, and their receivers:
 * - to the page around it (JustiFi's component): iframe-resizer 4's child messages, `validate`, `tokenize`, `focused`,
 *   `blurred`. The component asks the card number (or account number) field alone for the token.
 * - to the other fields of the same form, by BroadcastChannel: the values, at the moment of tokenization only.
 * - to its own server: the tokenize request, and nothing else.
 */
export const fieldScript = String.raw`
const field = location.pathname.split('/').pop();
// The component's URL has two question marks: ?tabId=<uuid>?fontFamily=<base64>&fontSize=<base64>…
const [formPart = '', stylePart = ''] = location.search.slice(1).split('?');
const formId = new URLSearchParams(formPart).get('tabId') ?? '';
const input = document.querySelector('input');
const brandName = document.querySelector('output');

const fields = {
  cardNumber: { label: 'Card number', placeholder: 'Card number', autocomplete: 'cc-number', siblings: ['expirationMonth', 'expirationYear', 'CVV'] },
  expirationMonth: { label: 'Expiration month', placeholder: 'MM', autocomplete: 'cc-exp-month' },
  expirationYear: { label: 'Expiration year', placeholder: 'YY', autocomplete: 'cc-exp-year' },
  CVV: { label: 'Card security code', placeholder: 'CVV', autocomplete: 'cc-csc' },
  accountNumber: { label: 'Account number', placeholder: 'Account number', autocomplete: 'off', siblings: ['routingNumber'] },
  routingNumber: { label: 'Routing number', placeholder: 'Routing number', autocomplete: 'off' },
};
const thisField = fields[field];

const brands = [
  { name: 'American Express', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5], codeLengths: [4] },
  { name: 'Visa', starts: /^4/, lengths: [13, 16, 19], groups: [4, 4, 4, 4, 3], codeLengths: [3] },
  { name: 'Mastercard', starts: /^(5[1-5]|2[2-7])/, lengths: [16], groups: [4, 4, 4, 4], codeLengths: [3] },
  { name: 'Discover', starts: /^(6011|64|65)/, lengths: [16], groups: [4, 4, 4, 4], codeLengths: [3] },
];
const unknownBrand = { name: '', lengths: [12, 13, 14, 15, 16, 17, 18, 19], groups: [4, 4, 4, 4, 3], codeLengths: [3, 4] };
const brandOf = (digits) => brands.find((brand) => brand.starts.test(digits)) ?? unknownBrand;
const digitsOf = (text) => text.replace(/\D/g, '');

// ---- how it looks: the font of the page around it ----

input.setAttribute('aria-label', thisField.label);
input.placeholder = thisField.placeholder;
input.autocomplete = thisField.autocomplete;
for (const [property, encoded] of new URLSearchParams(stylePart)) {
  const known = ['fontFamily', 'fontSize', 'fontWeight', 'lineHeight', 'margin', 'padding', 'color'].includes(property);
  if (known && encoded !== '') input.style[property] = atob(encoded);
}

// ---- typing ----

let codeLengths = unknownBrand.codeLengths;
const longest = () => {
  if (field === 'cardNumber') return Math.max(...brandOf(digitsOf(input.value)).lengths);
  return { expirationMonth: 2, expirationYear: 4, CVV: Math.max(...codeLengths), routingNumber: 9, accountNumber: 17 }[field];
};

function group(digits) {
  const groups = [];
  let rest = digits;
  for (const size of brandOf(digits).groups) {
    if (rest === '') break;
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups.join(' ');
}

input.addEventListener('input', () => {
  const digitsBeforeCaret = digitsOf(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
  const digits = digitsOf(input.value).slice(0, longest());
  const shown = field === 'cardNumber' ? group(digits) : digits;
  if (shown !== input.value) {
    input.value = shown;
    let caret = 0;
    for (let seen = 0; caret < shown.length && seen < digitsBeforeCaret; caret += 1) if (/\d/.test(shown[caret])) seen += 1;
    input.setSelectionRange(caret, caret);
  }
  if (field === 'cardNumber') showBrand();
});

input.addEventListener('blur', () => {
  if (field === 'expirationMonth' && /^[1-9]$/.test(input.value)) input.value = '0' + input.value;
});

function showBrand() {
  const brand = brandOf(digitsOf(input.value));
  brandName.textContent = brand.name;
  form.postMessage({ kind: 'code-lengths', codeLengths: brand.codeLengths });
}

// ---- the other fields of this form ----

const form = new BroadcastChannel('hosted-fields-' + formId);
const answers = new Map();
let onAnswer = () => {};

form.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'which-values':
      if (data.of.includes(field)) form.postMessage({ kind: 'value', to: data.from, field, value: digitsOf(input.value) });
      break;
    case 'value':
      if (data.to !== field) break;
      answers.set(data.field, data.value);
      onAnswer();
      break;
    case 'which-code-lengths':
      if (field === 'cardNumber') showBrand();
      break;
    case 'code-lengths':
      if (field === 'CVV') codeLengths = data.codeLengths;
      break;
  }
});
if (field === 'CVV') form.postMessage({ kind: 'which-code-lengths' });

/** A loaded field answers in milliseconds; one that never loaded must not block the customer. */
function valuesOfForm() {
  const siblings = thisField.siblings ?? [];
  answers.clear();
  return new Promise((resolve) => {
    const timer = setTimeout(finish, 1000);
    function finish() {
      clearTimeout(timer);
      onAnswer = () => {};
      const values = Object.fromEntries(answers);
      answers.clear();
      resolve({ ...values, [field]: digitsOf(input.value) });
    }
    onAnswer = () => {
      if (siblings.every((sibling) => answers.has(sibling))) finish();
    };
    form.postMessage({ kind: 'which-values', of: siblings, from: field });
  });
}

// ---- validation ----

function problem() {
  const digits = digitsOf(input.value);
  switch (field) {
    case 'cardNumber':
      if (digits === '') return 'Enter card number';
      return brandOf(digits).lengths.includes(digits.length) && hasValidChecksum(digits) ? '' : 'Enter a valid card number';
    case 'expirationMonth':
      return Number(digits) >= 1 && Number(digits) <= 12 ? '' : 'Enter a valid month';
    case 'expirationYear': {
      const year = digits.length === 2 ? 2000 + Number(digits) : Number(digits);
      const thisYear = new Date().getFullYear();
      return year >= thisYear && year <= thisYear + 20 ? '' : 'Enter a valid year';
    }
    case 'CVV':
      return codeLengths.includes(digits.length) ? '' : 'Enter a valid CVV';
    case 'routingNumber':
      return digits.length === 9 ? '' : 'Enter a valid routing number';
    case 'accountNumber':
      return digits.length >= 4 ? '' : 'Enter a valid account number';
  }
}

function hasValidChecksum(digits) {
  const sum = Array.from(digits, Number).reverse().reduce((total, digit, index) => {
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    return total + (index % 2 === 1 ? doubled : digit);
  }, 0);
  return sum % 10 === 0;
}

// ---- tokenization ----

async function tokenize({ clientId, account, componentVersion, paymentMethodMetadata }) {
  const { accountId, payment_method_group_id, ...billing } = paymentMethodMetadata ?? {};
  const values = await valuesOfForm();
  const method = field === 'accountNumber'
    ? {
        bank_account: {
          account_owner_name: billing.name,
          routing_number: values.routingNumber,
          account_number: values.accountNumber,
          account_type: 'checking',
          account_owner_type: 'individual',
          country: 'US',
          currency: 'usd',
        },
      }
    : {
        card: {
          ...billing,
          number: values.cardNumber,
          month: values.expirationMonth,
          year: values.expirationYear,
          verification: values.CVV,
        },
      };
  if (payment_method_group_id) method.payment_method_group_id = payment_method_group_id;
  try {
    const response = await fetch('/v1/js/payment_methods', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: 'Bearer ' + clientId,
        'Sub-Account': account ?? '',
        'Idempotency-Key': crypto.randomUUID(),
        'Justifi-Web-Component-Version': componentVersion ?? '',
      },
      body: JSON.stringify({ payment_method: method }),
    });
    return await response.json();
  } catch {
    return { error: { code: 'network_error', message: 'The card could not be checked. Please try again.' } };
  }
}

// ---- the page around this field ----

const pageOrigin = location.ancestorOrigins?.[0];
let resizerId;

/** Before the first load is over, or outside of a frame, there is no parent to notify. */
function tell(message) {
  if (pageOrigin) parent.postMessage(message, pageOrigin);
}

function tellSize(kind) {
  const { offsetHeight, offsetWidth } = document.documentElement;
  if (resizerId) tell('[iFrameSizer]' + resizerId + ':' + offsetHeight + ':' + offsetWidth + ':' + kind);
}

addEventListener('message', async ({ data, source, origin }) => {
  if (source !== parent || origin !== pageOrigin) return;
  if (typeof data === 'string') {
    // iframe-resizer's parent starts with its whole configuration, "[iFrameSizer]cardNumber:8:false:…".
    const [id, ...configuration] = data.startsWith('[iFrameSizer]') ? data.slice(13).split(':') : [];
    if (id === field && configuration.length > 3) {
      resizerId = id;
      tellSize('init');
    }
    return;
  }
  if (data?.eventType === 'validate') {
    const message = problem();
    input.setAttribute('aria-invalid', String(message !== ''));
    // The component reads error.message even when the value is valid.
    tell({ eventType: 'validate', data: { id: field, isValid: message === '', error: { message } } });
  }
  if (data?.eventType === 'tokenize' && thisField.siblings) tell({ eventType: 'tokenize', data: await tokenize(data) });
});

input.addEventListener('focus', () => tell({ eventType: 'focused', data: { id: field } }));
input.addEventListener('blur', () => tell({ eventType: 'blurred', data: { id: field } }));
new ResizeObserver(() => tellSize('size')).observe(document.documentElement);
tell('[iFrameResizerChild]Ready');
`;
