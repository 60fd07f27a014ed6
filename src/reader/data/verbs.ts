/** Verbs whose past forms are irregular: lemma, past, participle. */
export const IRREGULAR = `
meet met met; hold held held; speak spoke spoken; say said said; tell told told; have had had; lead led led; see saw seen; sit sat sat
take took taken; give gave given; make made made; come came come; go went gone; fly flew flown; leave left left; begin began begun
put put put; set set set; pay paid paid; bring brought brought; send sent sent; write wrote written; read read read; ring rang rung
draw drew drawn; build built built; find found found; lose lost lost; win won won; rise rose risen; fall fell fallen; grow grew grown
know knew known; think thought thought; keep kept kept; become became become; run ran run; stand stood stood; show showed shown
hear heard heard; seek sought sought; get got got; shoot shot shot; fight fought fought; hit hit hit; cut cut cut; lay laid laid
understand understood understood; undertake undertook undertaken; withdraw withdrew withdrawn; break broke broken; choose chose chosen
drive drove driven; feel felt felt; forget forgot forgotten; lend lent lent; let let let; mean meant meant; oversee oversaw overseen
overtake overtook overtaken; shake shook shaken; spend spent spent; strike struck struck; teach taught taught; uphold upheld upheld
wear wore worn; buy bought bought; catch caught caught; deal dealt dealt; do did done; eat ate eaten; forgo forwent forgone
withhold withheld withheld; arise arose arisen; bear bore born; bind bound bound; cast cast cast; cost cost cost; stick stuck stuck
step stepped stepped; call called called; sign signed signed; confer conferred conferred; travel travelled travelled
cancel cancelled cancelled; cancel canceled canceled; travel traveled traveled; refer referred referred; defer deferred deferred; scrap scrapped scrapped
commit committed committed; admit admitted admitted; permit permitted permitted; stop stopped stopped; plan planned planned
chat chatted chatted; stress stressed stressed; visit visited visited; host hosted hosted; wrap wrapped wrapped; swap swapped swapped
co-chair co-chaired co-chaired; cochair cochaired cochaired; cohost cohosted cohosted; ink inked inked; pen penned penned; drop dropped dropped
shelve shelved shelved; brief briefed briefed; win won won; submit submitted submitted; drag dragged dragged; tap tapped tapped; transfer transferred transferred
occur occurred occurred; regret regretted regretted; equip equipped equipped; ship shipped shipped; model modelled modelled`;

/** Verbs with regular forms. */
export const REGULAR = `
receive welcome greet attend address chair join participate discuss review exchange agree pledge vow promise undertake decide resolve
consult converse negotiate talk phone telephone contact interact deliberate huddle conclude open close start end finish resume continue
convene gather assemble organise organize schedule arrange postpone delay reschedule suspend abort decline refuse reject rebuff snub skip
miss confirm announce report add note reiterate stress emphasise emphasize underline underscore highlight affirm reaffirm assert state
declare claim argue insist warn urge demand request ask propose suggest recommend express voice convey thank congratulate praise commend
laud hail appreciate condemn criticise criticize denounce deplore accuse blame deny dismiss describe explain recall remark observe
acknowledge recognise recognize accept believe hope expect want wish intend aim consider examine explore assess evaluate touch cover focus
address renew extend adopt issue publish release sign initial conclude ratify approve endorse witness watch oversee inspect visit tour
travel arrive reach land depart return head embark accompany follow precede mark coincide celebrate commemorate attend host entertain
launch establish create set form found join leave expand enhance deepen strengthen boost promote develop improve increase reduce
cooperate collaborate coordinate work support back help assist provide supply deliver donate contribute deploy station train exercise drill
patrol sail dock moor call berth attack invade occupy annex kill wound destroy threaten provoke escalate test launch fire
appoint name nominate replace succeed resign retire dismiss sack fire elect inaugurate swear assume serve represent act
invite summon dispatch place remain stay live die continue last involve include contain concern relate regard aim target
happen occur proceed resume reopen reply respond answer react inform notify update brief disclose reveal indicate hint signal cite quote
tweet post publish broadcast air interview question ask wonder doubt fear worry concern call label term dub consider deem
share compare differ diverge overlap conflict clash collide dispute contest challenge counter oppose resist protest object
lift impose sanction ban block restrict limit allow permit enable let help force compel oblige require need depend rely
conduct carry perform implement execute complete achieve fulfil fulfill accomplish realise realize pursue advance progress
maintain preserve protect defend guard secure ensure guarantee assure reassure safeguard uphold respect honour honor observe
pose present introduce raise lower bridge settle solve resolve tackle handle manage treat cope combat fight counter deter prevent avert
purchase order acquire procure produce manufacture manufacture upgrade modernise modernize equip arm recruit hire employ
concur concede outline elaborate clarify specify define determine decide designate identify
kick wrap round top pose chat huddle liaise dine lunch embrace hug salute bow wave smile walk stroll stop transit
lay unveil inaugurate open dedicate award confer present decorate
favour favor prefer like love hate seem appear look sound prove turn move shift change alter amend adjust adapt
earn gain obtain secure attain enjoy suffer face encounter experience undergo witness
reopen delay hinder hamper impede obstruct undermine weaken damage harm hurt injure
apologise apologize regret lament mourn grieve console
escort usher lobby press push pull demand persuade convince dissuade discourage encourage motivate inspire
collect gather accumulate assemble disperse distribute spread cover stretch span last
oust topple overthrow seize capture arrest detain release free
slate poise deem`;

/** Words after which a verb in its base form or an infinitive is only planned, wished, refused ... */
export const CONTROL: Readonly<Record<string, "planned" | "wish" | "refused" | "failed" | "fact">> = {
  expect: "planned",
  schedule: "planned",
  set: "planned",
  slate: "planned",
  due: "planned",
  plan: "planned",
  intend: "planned",
  "be": "planned",
  likely: "planned",
  about: "planned",
  poise: "planned",
  go: "planned",
  aim: "wish",
  arrange: "planned",
  hope: "wish",
  want: "wish",
  wish: "wish",
  agree: "wish",
  offer: "wish",
  propose: "wish",
  ask: "wish",
  request: "wish",
  invite: "wish",
  seek: "wish",
  decide: "wish",
  ready: "wish",
  willing: "wish",
  keen: "wish",
  able: "wish",
  eager: "wish",
  prepare: "wish",
  prepared: "wish",
  vow: "wish",
  pledge: "wish",
  urge: "wish",
  like: "wish",
  need: "wish",
  try: "wish",
  unlikely: "failed",
  unable: "failed",
  refuse: "refused",
  decline: "refused",
  fail: "failed",
  continue: "fact",
  begin: "fact",
  start: "fact",
  manage: "fact",
  help: "fact",
  use: "fact",
  serve: "wish",
  consider: "wish",
  undertake: "wish",
  promise: "wish",
  commit: "wish",
};

/** Verbs by which somebody says something. */
export const SAYING = new Set(
  (
    "say tell add note reiterate stress emphasise emphasize underline underscore highlight affirm reaffirm assert state declare " +
    "claim argue insist warn urge demand express voice convey thank congratulate praise commend laud hail appreciate condemn " +
    "criticise criticize denounce deplore accuse blame deny dismiss describe explain recall remark observe acknowledge reply respond " +
    "answer propose suggest call ask reject write tweet post believe hope assure reassure point speak raise regret welcome " +
    "pose recommend concede outline elaborate clarify apologise apologize lament mourn recognise recognize vow pledge promise"
  ).split(" "),
);
