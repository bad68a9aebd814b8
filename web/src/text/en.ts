import { formatNumber as n } from './formatNumber.js';

/** Everything the shop says, in English. Parts that come from elsewhere (titles, reasons) are put in as they are. */
export const en = {
  brand: 'Flash sales',
  sections: 'Sections',
  connectionLost: 'No connection to the shop. What you see may be out of date; trying again.',

  account: {
    logIn: 'Log in',
    register: 'Create account',
    logOut: 'Log out',
    phone: 'Phone number',
    phoneHint: '6 to 20 digits, with or without a leading plus.',
    password: 'Password',
    newPasswordHint: 'At least 8 characters.',
    showPassword: 'Show password',
    name: 'Name (optional)',
    birthDate: 'Date of birth (optional)',
    workStatus: 'Work status (optional)',
    eligibilityHint: 'Some sales are only for a certain age or work status. Without these you may be left out of them.',
    toRegister: 'New here? Create an account',
    toLogIn: 'You have an account? Log in',
    underWay: 'One moment…',
    loggedInAs: 'Logged in as ',
    ended: {
      loggedOut: '',
      loginLost: 'Your login has ended. Please log in again; what you bought is still yours.',
      blocked: 'This account is blocked. Please ask the shop.',
    },
  },

  /** What is stored is English whatever the page speaks: rules name it. */
  workStatuses: {
    employed: 'employed',
    'self-employed': 'self-employed',
    student: 'student',
    retired: 'retired',
    unemployed: 'unemployed',
  },

  pitch: {
    title: 'Few units. One moment.',
    text: 'Log in before a sale starts. When it does, one press on Buy is enough.',
    points: [
      'The page keeps asking for you while the shop is busy.',
      'It never buys twice, not even after a reload or in a tunnel.',
      'The countdown goes by the clock of the shop, not by yours.',
    ],
  },

  sales: {
    title: 'Sales',
    empty: 'No sale right now. This page looks for new ones by itself.',
    loading: 'Looking for sales…',
    more: 'Show more sales',
    description: 'Description',
    phase: {
      scheduled: 'Soon',
      open: 'On sale',
      soldOut: 'Sold out',
      paused: 'Paused',
      ended: 'Ended',
      closed: 'Closed',
    },
    /** For who does not see that a sale has started or sold out. */
    phaseChanged: (title: string, phase: string) => `${title}: ${phase}`,
    left: (available: number, quantity: number) => `${n(available)} of ${n(quantity)} left`,
    leftUnknown: (quantity: number) => `${n(quantity)} units; how many are left is being counted`,
    offered: (quantity: number) => `${n(quantity)} ${quantity === 1 ? 'unit' : 'units'}`,
    limit: (units: number) => `${n(units)} per person`,
    startsAt: (moment: string) => `Starts ${moment}`,
    startsIn: 'Starts in',
    endsIn: (countdown: string) => `Ends in ${countdown}`,
    endedAt: (moment: string) => `Ended ${moment}`,
    buy: 'Buy',
    buyNamed: (label: string, title: string) => `${label}: ${title}`,
    buyAnother: 'Buy one more',
    buying: 'Buying…',
    held: 'You have it',
    heldAll: (units: number) => `You have ${n(units)}`,
    unpaid: 'Not paid yet: see My orders.',
    notYet: 'Not yet',
    notForYou: 'Not for you',
    whyNot: (reason: string) => `You can't buy in this sale: ${reason}.`,
    mayComeBack: 'If someone cancels or does not pay, the unit comes back here.',
    pausedNote: 'The shop has paused this sale. It goes on here by itself.',
  },

  /** Why a purchase that is under way waits. */
  waits: {
    none: 'Asking for yours…',
    starting: 'The sale is about to start. Asking again by itself.',
    tooFast: 'Too fast: the shop wants a short pause. Asking again by itself.',
    busy: 'The shop is very busy. You are still in: asking again by itself.',
    noAnswer: 'No answer yet. Asking again with the same ticket, so that you cannot get it twice.',
  },

  outcomes: {
    bought: 'You got it!',
    alreadyHave: 'You already have it.',
    /** Added to one of the two above, by the state of the order. */
    holding: {
      pending: ' The order is on its way; you can pay in a moment.',
      ordered: ' Pay in time to keep it.',
      paid: ' It is paid.',
    },
    limitReached: (units: number) => `You already have as many as one person may buy (${n(units)}).`,
    soldOut: 'Sold out: others were faster. Nothing was bought.',
    notStarted: (moment: string) => `Not started yet: the sale starts ${moment}. Nothing was bought.`,
    paused: 'The shop has paused this sale. Nothing was bought.',
    ended: 'The sale has ended. Nothing was bought.',
    gone: 'This sale is no longer there. Nothing was bought.',
    notEligible: (reason: string) => `You can't buy in this sale: ${reason}. Nothing was bought.`,
    tooFast: 'Too many requests in a short time. Nothing was bought. Wait a moment, then press Buy again.',
    busy: 'The shop cannot answer just now. Nothing was bought so far. Press Buy to go on.',
    unsure: 'No answer from the shop. Press Buy to go on: what you have bought is not bought twice.',
    lapsed: 'Your purchase was interrupted. Nothing was bought.',
    failed: (why: string) => `${why} Press Buy to try again.`,
    loggedOut: 'Your login has ended. Log in and press Buy to go on.',
  },

  orders: {
    title: 'My orders',
    empty: 'Nothing yet. What you buy appears here at once.',
    loading: 'Looking for your orders…',
    more: 'Show older orders',
    unknownSale: (eventId: string) => `Sale ${eventId}`,
    units: (quantity: number, price: string) => `${n(quantity)} × ${price}`,
    id: (orderId: string) => `Order ${orderId}`,
    state: {
      pending: 'On its way',
      ordered: 'To be paid',
      paid: 'Paid',
      cancelled: 'Cancelled',
      expired: 'Not paid in time',
      refunded: 'Refunded',
    },
    pendingNote: 'It is yours. You can pay in a moment.',
    timeLeft: (countdown: string) => `${countdown} left to pay`,
    timeUp: 'The time to pay is over.',
    boughtAt: (moment: string) => `Bought ${moment}`,
    paidAt: (moment: string) => `Paid ${moment}`,
    endedAt: (moment: string) => `Ended ${moment}`,
    pay: (price: string) => `Pay ${price}`,
    paying: 'Paying…',
    cancel: 'Cancel order',
    cancelling: 'Cancelling…',
    cancelQuestion: 'Cancel this order? The unit goes back on sale at once, and someone else may get it.',
    cancelYes: 'Yes, cancel it',
    cancelNo: 'Keep it',
    /** The button's text and whose it is. */
    actionNamed: (label: string, title: string) => `${label}: ${title}`,
    payDone: 'Paid. Thank you.',
    cancelDone: 'Cancelled. The unit is on sale again.',
    payTooLate: (state: string) => `It could not be paid: ${state.toLowerCase()}.`,
    cancelTooLate: (state: string) => `It could not be cancelled: ${state.toLowerCase()}.`,
    waiting: 'The shop is busy. Asking again by itself.',
    noAnswer: 'No answer from the shop. Look at the state of the order, and try again if need be.',
  },

  /** What the page says of refusals that it has no better place for; the other codes in the shop's own words. */
  refusals: {
    BAD_CREDENTIALS: 'The phone number or the password is wrong.',
    BLOCKED: 'This account is blocked. Please ask the shop.',
  },
  refused: {
    noAnswer: 'The shop does not answer. Check your connection and try again.',
    tooMany: (seconds: number) => `Too many tries. Wait ${n(seconds)} s, then try again.`,
    unavailable: (seconds: number) => `The shop cannot answer just now. Try again in ${n(seconds)} s.`,
    internal: (requestId: string) => `An error on the shop's side. Please report it with this number: ${requestId}.`,
  },

  /** What is wrong with a field, by its name; for others, and for what no field is to blame, the shop's own words. */
  fields: {
    required: 'Please fill this in.',
    phone: 'This is no phone number: 6 to 20 digits, with or without a leading plus.',
    phoneTaken: 'There is an account with this number. Log in instead.',
    password: 'The password needs 8 to 128 characters.',
    birthDate: 'This must be a date between 1900 and today.',
  },
};

export type Texts = Omit<typeof en, 'refusals'> & { refusals: Partial<Record<string, string>> };
