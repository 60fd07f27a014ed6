/** Names of seas, regions and things that hold the name of a state without naming the state. */
export const REGIONS = `
Indo-Pacific; South China Sea; East China Sea; West Philippine Sea; Philippine Sea; Korean Peninsula; Sea of Japan; Gulf of Thailand
Indian Ocean; Taiwan Strait; Strait of Taiwan; Bay of Bengal; Persian Gulf; Black Sea; Baltic Sea; Gulf of Mexico; New Mexico
American Samoa; North Atlantic; West Bank; Chinese New Year; Asia-Pacific; Euro-Atlantic; Line of Actual Control; Lao Cai
Mexican Gulf; Gulf of Oman; Sea of Oman; Gulf of Aden; Mozambique Channel; English Channel; Irish Sea; Norwegian Sea
Latin America; South America; North America; Central America; South Asia; Southeast Asia; East Asia; Central Asia; West Asia
Middle East; North Africa; East Africa; West Africa; Southern Africa; Horn of Africa; Sahel; Gulf; Global South; Arctic
Trans-Pacific; Singapore Strait; Malacca Strait; Strait of Malacca; Strait of Hormuz; Paracel; Spratly; Galwan valley; Ladakh
India Gate; Indian Wells; Korean War; Vietnam War; Second World War; Cold War; Gulf War; Iran-Iraq War; French Open; Georgian Bay
Turkey Point; Guinea pig; German shepherd; Swiss cheese; China Sea; Panama Canal; Suez Canal; Kuril Islands; Senkaku; Diaoyu
Mainland Southeast Asia; Libyan Desert; Sino-Indian border; Russian roulette; China-Pakistan Economic Corridor; Islamic State
Chinese Communist Party; Communist Party of China; Communist Party of Vietnam; Iron Dome; Indian Air Lines; Air India; Air China
International Space Station; Washington Treaty; Minsk agreements; Geneva Conventions; Geneva Convention; Paris Agreement; Doha Agreement
Budapest Memorandum; Hague Convention; Helsinki Final Act; Abraham Accords; Washington Declaration; Moscow Format; Paris Peace Forum`;

/** Papers and agencies: name, and how it counts as a source. */
export const AGENCIES = `
Reuters; Associated Press; =AP; Agence France-Presse; =AFP; Yonhap; Yonhap news agency; Kyodo; Kyodo News; Kyodo news agency; Xinhua
Xinhua news agency; =TASS; =Tass; Interfax; Anadolu; Anadolu Agency; =PTI; Press Trust of India; =ANI; =IANS; =VNA; Vietnam News Agency
Vietnam News; Bernama; Antara; =NHK; =BBC; =CNN; Al Jazeera; Al Arabiya; =WAM; =SPA; =QNA; =KUNA; =IRNA; Bloomberg; New York Times
Washington Post; Wall Street Journal; Financial Times; The Guardian; The Times; Times of India; The Hindu; Hindustan Times
Global Times; China Daily; People's Daily; South China Morning Post; Straits Times; Bangkok Post; Japan Times; Korea Herald
Korea Times; Korean Central News Agency; =KCNA; =CCTV; =RIA; RIA Novosti; Ukrinform; Le Monde; Der Spiegel; Die Welt; Politico
Axios; Nikkei; Nikkei Asia; Jiji Press; Central News Agency; Philippine News Agency; =GMA; Rappler; Inquirer; Dawn; =APP; =ISPR
=DPA; =dpa; =ANSA; =EFE; =MENA; =SANA; Sputnik; Kremlin press service; Radio Free Europe; Radio Free Asia; Voice of America; =VOA
Defense News; Janes; Jane's; Breaking Defense; =TRT; Hurriyet; Daily Sabah; Times of Israel; Haaretz; Jerusalem Post; Khmer Times
Vientiane Times; Phnom Penh Post; =ABC; =CBS; =NBC; Fox News; =PIB; =RSS; =BSS; Daily Star; Lusa; Swissinfo`;

/** Ministries and seats that speak for a party: name, party where the name alone says so. */
export const INSTITUTIONS = `
Pentagon|USA; White House|USA; State Department|USA; Department of Defense|USA; US Department of Defense|USA; Defense Department|USA
Department of State|USA; Department of War|USA; Kremlin|RUS; Downing Street|GBR; Elysee|FRA; Elysee Palace|FRA; Blue House|KOR
presidential office|; Ministry of Defence|; Defence Ministry|; Ministry of National Defence|; National Defence Ministry|
Foreign Ministry|; Ministry of Foreign Affairs|; Ministry of External Affairs|IND; External Affairs Ministry|IND; =MEA|IND; =MoD|; =MOD|; =MND|
Foreign Office|GBR; People's Liberation Army|CHN; =PLA|CHN; Central Military Commission|; Joint Chiefs of Staff|; =JCS|; General Staff|
Prime Minister's Office|; =PMO|; embassy|; high commission|; ministry|; Department of National Defence|; Department of Defence|
armed forces|; government|; Cabinet|; Congress|; military|; navy|; army|; air force|; Bundeswehr|DEU; Israel Defence Forces|ISR; =IDF|ISR
Inter-Services Public Relations|PAK; national security council|; coast guard|; Malacanang|PHL; presidency|; presidential palace|
foreign affairs ministry|; defence department|; foreign affairs department|; Department of Foreign Affairs|; Department of National Defense|PHL`;

/** Gatherings with a name of their own. */
export const FORUMS = `
Shangri-La Dialogue; IISS Shangri-La Dialogue; Munich Security Conference; Halifax International Security Forum; Xiangshan Forum
Beijing Xiangshan Forum; Manama Dialogue; IISS Manama Dialogue; Raisina Dialogue; Seoul Defence Dialogue; Seoul Defense Dialogue; Jakarta International Defence Dialogue
ASEAN Defence Ministers' Meeting; ASEAN Defence Ministers' Meeting-Plus; ASEAN Defence Ministers Meeting Plus; ADMM-Plus; ADMM Plus; =ADMM; =ADMM+
ASEAN Regional Forum; East Asia Summit; ASEAN Summit; G7 summit; G20 summit; BRICS summit; BRICS; APEC summit; NATO summit; EU summit; SCO summit
Ukraine Defense Contact Group; Ukraine Defence Contact Group; Ramstein format; Ramstein group; UN General Assembly; United Nations General Assembly; UNGA
Davos; World Economic Forum; Moscow Conference on International Security; IDEX; Aero India; DSEI; Eurosatory; Paris Air Show; Farnborough Airshow; Farnborough International Airshow
Singapore Airshow; Dubai Airshow; Defence Services Asia; DefExpo; Army-2023; Eastern Economic Forum; Doha Forum; Antalya Diplomacy Forum
Nuclear Security Summit; Summit for Democracy; Pacific Islands Forum; South Pacific Defence Ministers' Meeting; Nuclear Consultative Group
Security Consultative Meeting; Military Committee Meeting; Central American Defence Conference; Conference of Defence Ministers of the Americas
Global Coalition to Defeat ISIS; Indian Ocean Defence Ministers' Conclave; India-Africa Defence Dialogue; Berlin Security Conference; Warsaw Security Forum
Fullerton Forum; Western Pacific Naval Symposium; Indian Ocean Naval Symposium; Munich conference; Ramstein meeting; Kyiv Security Forum; Lennart Meri Conference
Bled Strategic Forum; Delphi Economic Forum; Riga Conference; Cernobbio Forum; Commonwealth Heads of Government Meeting; =CHOGM; Community of Sahel-Saharan States
St. Petersburg International Economic Forum; SPIEF; Global Security Forum; African Chiefs of Defense Conference; Indo-Pacific Chiefs of Defense Conference`;
