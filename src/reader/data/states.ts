/**
 * States and territories as reports name them: code, name, demonyms, capital, further names of the state and of the
 * capital. `/` parts several values. A name that is written with a leading `=` counts only in this very case.
 */
export const STATES = `
AFG|Afghanistan|Afghan/Afghans|Kabul
ALB|Albania|Albanian/Albanians|Tirana
DZA|Algeria|Algerian/Algerians|Algiers
AND|Andorra|Andorran|Andorra la Vella
AGO|Angola|Angolan/Angolans|Luanda
ATG|Antigua and Barbuda|Antiguan|Saint John's
ARG|Argentina|Argentine/Argentinian/Argentinean|Buenos Aires
ARM|Armenia|Armenian/Armenians|Yerevan
AUS|Australia|Australian/Australians/=Aussie|Canberra|Commonwealth of Australia
AUT|Austria|Austrian/Austrians|Vienna
AZE|Azerbaijan|Azerbaijani/Azeri|Baku
BHS|Bahamas|Bahamian|Nassau
BHR|Bahrain|Bahraini|Manama|Kingdom of Bahrain
BGD|Bangladesh|Bangladeshi/Bangladeshis|Dhaka
BRB|Barbados|Barbadian|Bridgetown
BLR|Belarus|Belarusian/Belarusians/Belarussian|Minsk
BEL|Belgium|Belgian/Belgians|Brussels
BLZ|Belize|Belizean|Belmopan
BEN|Benin|Beninese/Beninois|Porto-Novo||Cotonou
BTN|Bhutan|Bhutanese|Thimphu
BOL|Bolivia|Bolivian/Bolivians|La Paz||Sucre
BIH|Bosnia and Herzegovina|Bosnian|Sarajevo|Bosnia
BWA|Botswana|Botswanan/Motswana/Batswana|Gaborone
BRA|Brazil|Brazilian/Brazilians|Brasilia
BRN|Brunei|Bruneian|Bandar Seri Begawan|Brunei Darussalam
BGR|Bulgaria|Bulgarian/Bulgarians|Sofia
BFA|Burkina Faso|Burkinabe|Ouagadougou
BDI|Burundi|Burundian|Gitega||Bujumbura
CPV|Cape Verde|Cape Verdean|Praia|Cabo Verde
KHM|Cambodia|Cambodian/Cambodians/Khmer|Phnom Penh|Kingdom of Cambodia
CMR|Cameroon|Cameroonian|Yaounde
CAN|Canada|Canadian/Canadians|Ottawa
CAF|Central African Republic|Central African|Bangui
TCD|=Chad|Chadian|N'Djamena
CHL|Chile|Chilean/Chileans|Santiago
CHN|China|Chinese/=Sino|Beijing|People's Republic of China/=PRC/=P.R.C./Mainland China|Peking
COL|Colombia|Colombian/Colombians|Bogota
COM|Comoros|Comorian|Moroni|Union of the Comoros
COG|Republic of the Congo|Congolese|Brazzaville|Congo-Brazzaville
COD|Democratic Republic of the Congo|Congolese|Kinshasa|=DRC/DR Congo/Democratic Republic of Congo/=Congo
CRI|Costa Rica|Costa Rican|San Jose
CIV|Ivory Coast|Ivorian|Yamoussoukro|Cote d'Ivoire|Abidjan
HRV|Croatia|Croatian/Croatians/Croat|Zagreb
CUB|Cuba|Cuban/Cubans|Havana
CYP|Cyprus|Cypriot/Cypriots|Nicosia
CZE|Czech Republic|Czech/Czechs|Prague|Czechia
DNK|Denmark|Danish/Danes|Copenhagen
DJI|Djibouti|Djiboutian|Djibouti City
DMA|Dominica||Roseau
DOM|Dominican Republic|Dominican|Santo Domingo
ECU|Ecuador|Ecuadorian/Ecuadorean|Quito
EGY|Egypt|Egyptian/Egyptians|Cairo|Arab Republic of Egypt
SLV|El Salvador|Salvadoran/Salvadorian|San Salvador
GNQ|Equatorial Guinea|Equatoguinean|Malabo
ERI|Eritrea|Eritrean/Eritreans|Asmara
EST|Estonia|Estonian/Estonians|Tallinn
SWZ|Eswatini|Swazi|Mbabane|Swaziland
ETH|Ethiopia|Ethiopian/Ethiopians|Addis Ababa
FJI|Fiji|Fijian/Fijians|Suva
FIN|Finland|Finnish/Finns|Helsinki
FRA|France|French|Paris|French Republic
GAB|Gabon|Gabonese|Libreville
GMB|Gambia|Gambian|Banjul|The Gambia
GEO|Georgia|Georgian/Georgians|Tbilisi
DEU|Germany|German/Germans|Berlin|Federal Republic of Germany
GHA|Ghana|Ghanaian/Ghanaians|Accra
GRC|Greece|Greek/Greeks/Hellenic|Athens|Hellenic Republic
GRD|Grenada|Grenadian|Saint George's
GTM|Guatemala|Guatemalan|Guatemala City
GIN|Guinea|Guinean|Conakry
GNB|Guinea-Bissau|Bissau-Guinean|Bissau
GUY|Guyana|Guyanese|Georgetown
HTI|Haiti|Haitian/Haitians|Port-au-Prince
HND|Honduras|Honduran|Tegucigalpa
HUN|Hungary|Hungarian/Hungarians|Budapest
ISL|Iceland|Icelandic/Icelander|Reykjavik
IND|India|Indian/Indians/=Indo|New Delhi|Republic of India/Bharat|Delhi
IDN|Indonesia|Indonesian/Indonesians|Jakarta|Republic of Indonesia|Nusantara
IRN|Iran|Iranian/Iranians|Tehran|Islamic Republic of Iran
IRQ|Iraq|Iraqi/Iraqis|Baghdad
IRL|Ireland|Irish|Dublin
ISR|Israel|Israeli/Israelis|Jerusalem|State of Israel|Tel Aviv
ITA|Italy|Italian/Italians|Rome
JAM|Jamaica|Jamaican|Kingston
JPN|Japan|Japanese|Tokyo
JOR|=Jordan|Jordanian/Jordanians|Amman|Hashemite Kingdom of Jordan
KAZ|Kazakhstan|Kazakh/Kazakhs/Kazakhstani|Astana|Republic of Kazakhstan|Nur-Sultan
KEN|Kenya|Kenyan/Kenyans|Nairobi
KIR|Kiribati|I-Kiribati|Tarawa
PRK|North Korea|North Korean/North Koreans|Pyongyang|Democratic People's Republic of Korea/=DPRK/=D.P.R.K./N. Korea/=NK
KOR|South Korea|South Korean/South Koreans/=ROK|Seoul|Republic of Korea/=ROK/=R.O.K./S. Korea/=Korea
KWT|Kuwait|Kuwaiti|Kuwait City
KGZ|Kyrgyzstan|Kyrgyz/Kyrgyzstani|Bishkek|Kyrgyz Republic
LAO|Laos|Laotian/=Lao|Vientiane|=Lao PDR/Lao People's Democratic Republic|=Lao
LVA|Latvia|Latvian/Latvians|Riga
LBN|Lebanon|Lebanese|Beirut
LSO|Lesotho|Basotho|Maseru
LBR|Liberia|Liberian|Monrovia
LBY|Libya|Libyan/Libyans|Tripoli
LIE|Liechtenstein|Liechtensteiner|Vaduz
LTU|Lithuania|Lithuanian/Lithuanians|Vilnius
LUX|Luxembourg|Luxembourgish|Luxembourg City
MDG|Madagascar|Malagasy/Madagascan|Antananarivo
MWI|Malawi|Malawian|Lilongwe
MYS|Malaysia|Malaysian/Malaysians|Kuala Lumpur||Putrajaya
MDV|Maldives|Maldivian/Maldivians|=Male
MLI|=Mali|Malian/Malians|Bamako
MLT|Malta|Maltese|Valletta
MHL|Marshall Islands|Marshallese|Majuro
MRT|Mauritania|Mauritanian|Nouakchott
MUS|Mauritius|Mauritian|Port Louis
MEX|Mexico|Mexican/Mexicans|Mexico City
FSM|Micronesia|Micronesian|Palikir|Federated States of Micronesia
MDA|Moldova|Moldovan/Moldovans|Chisinau|Republic of Moldova
MCO|Monaco|Monegasque|
MNG|Mongolia|Mongolian/Mongolians|Ulaanbaatar||Ulan Bator
MNE|Montenegro|Montenegrin|Podgorica
MAR|Morocco|Moroccan/Moroccans|Rabat
MOZ|Mozambique|Mozambican/Mozambicans|Maputo
MMR|Myanmar|Burmese|Naypyidaw|Burma|Nay Pyi Taw
NAM|Namibia|Namibian/Namibians|Windhoek
NRU|Nauru|Nauruan|Yaren
NPL|Nepal|Nepali/Nepalese|Kathmandu
NLD|Netherlands|Dutch|Amsterdam|Holland|The Hague
NZL|New Zealand|New Zealander/=NZ/=Kiwi|Wellington|=NZ/Aotearoa
NIC|Nicaragua|Nicaraguan|Managua
NER|Niger|Nigerien|Niamey
NGA|Nigeria|Nigerian/Nigerians|Abuja
MKD|North Macedonia|Macedonian|Skopje
NOR|Norway|Norwegian/Norwegians|Oslo
OMN|Oman|Omani/Omanis|Muscat|Sultanate of Oman
PAK|Pakistan|Pakistani/Pakistanis/=Pak|Islamabad||Rawalpindi
PLW|Palau|Palauan|Ngerulmud
PSE|Palestine|Palestinian/Palestinians|Ramallah|State of Palestine
PAN|Panama|Panamanian|Panama City
PNG|Papua New Guinea|Papua New Guinean/Papuan|Port Moresby|=PNG
PRY|Paraguay|Paraguayan|Asuncion
PER|Peru|Peruvian/Peruvians|Lima
PHL|Philippines|Philippine/Filipino/Filipinos/Filipina|Manila|Republic of the Philippines|Quezon City
POL|Poland|Polish/Poles|Warsaw|Republic of Poland
PRT|Portugal|Portuguese|Lisbon
QAT|Qatar|Qatari/Qataris|Doha|State of Qatar
ROU|Romania|Romanian/Romanians|Bucharest
RUS|Russia|Russian/Russians|Moscow|Russian Federation
RWA|Rwanda|Rwandan/Rwandans|Kigali
KNA|Saint Kitts and Nevis||Basseterre|St Kitts and Nevis
LCA|Saint Lucia|Saint Lucian|Castries|St Lucia
VCT|Saint Vincent and the Grenadines|Vincentian|Kingstown
WSM|Samoa|Samoan/Samoans|Apia
SMR|San Marino|Sammarinese|
STP|Sao Tome and Principe|Santomean|Sao Tome
SAU|Saudi Arabia|Saudi/Saudis/Saudi Arabian|Riyadh|Kingdom of Saudi Arabia/=KSA
SEN|Senegal|Senegalese|Dakar
SRB|Serbia|Serbian/Serbians/Serb|Belgrade
SYC|Seychelles|Seychellois|=Victoria
SLE|Sierra Leone|Sierra Leonean|Freetown
SGP|Singapore|Singaporean/Singaporeans|Singapore|Republic of Singapore
SVK|Slovakia|Slovak/Slovaks/Slovakian|Bratislava|Slovak Republic
SVN|Slovenia|Slovenian/Slovenians/Slovene|Ljubljana
SLB|Solomon Islands|Solomon Islander|Honiara|Solomons
SOM|Somalia|Somali/Somalis|Mogadishu
ZAF|South Africa|South African/South Africans|Pretoria|Republic of South Africa|Cape Town
SSD|South Sudan|South Sudanese|=Juba
ESP|Spain|Spanish/Spaniard/Spaniards|Madrid
LKA|Sri Lanka|Sri Lankan/Sri Lankans|Colombo
SDN|Sudan|Sudanese|Khartoum
SUR|Suriname|Surinamese|Paramaribo
SWE|Sweden|Swedish/Swedes|Stockholm
CHE|Switzerland|Swiss|=Bern|Swiss Confederation
SYR|Syria|Syrian/Syrians|Damascus|Syrian Arab Republic
TWN|Taiwan|Taiwanese|Taipei
TJK|Tajikistan|Tajik/Tajiks/Tajikistani|Dushanbe
TZA|Tanzania|Tanzanian/Tanzanians|Dodoma||Dar es Salaam
THA|Thailand|=Thai/=Thais|Bangkok|Kingdom of Thailand
TLS|Timor-Leste|Timorese/East Timorese|Dili|East Timor
TGO|Togo|Togolese|Lome
TON|Tonga|Tongan/Tongans|Nuku'alofa
TTO|Trinidad and Tobago|Trinidadian|Port of Spain
TUN|Tunisia|Tunisian/Tunisians|Tunis
TUR|Turkey|Turkish/Turks|Ankara|Turkiye/Republic of Turkiye
TKM|Turkmenistan|Turkmen|Ashgabat
TUV|Tuvalu|Tuvaluan|Funafuti
UGA|Uganda|Ugandan/Ugandans|Kampala
UKR|Ukraine|Ukrainian/Ukrainians|Kyiv||Kiev
ARE|United Arab Emirates|Emirati/Emiratis|Abu Dhabi|=UAE/=U.A.E.
GBR|United Kingdom|British/Briton/Britons/=UK/=U.K.|London|=UK/=U.K./Britain/Great Britain
USA|United States|American/Americans/=US/=U.S./=USA|Washington|United States of America/=USA/=US/=U.S./=U.S.A./=America|Washington DC/Washington D.C.
URY|Uruguay|Uruguayan|Montevideo
UZB|Uzbekistan|Uzbek/Uzbeks/Uzbekistani|Tashkent
VUT|Vanuatu|ni-Vanuatu|Port Vila
VAT|Vatican|Vatican|Vatican City|Holy See
VEN|Venezuela|Venezuelan/Venezuelans|Caracas
VNM|Vietnam|Vietnamese|Hanoi|Viet Nam/Socialist Republic of Vietnam/=VN|Ha Noi
YEM|Yemen|Yemeni/Yemenis|Sanaa
ZMB|Zambia|Zambian/Zambians|Lusaka
ZWE|Zimbabwe|Zimbabwean/Zimbabweans|Harare
XKX|Kosovo|Kosovar/Kosovan|Pristina
HKG|Hong Kong|Hong Konger|Hong Kong
MAC|Macau|Macanese||Macao
GRL|Greenland|Greenlandic|Nuuk
COK|Cook Islands||Avarua
NIU|Niue|Niuean|Alofi
`;

/** Buildings and seats of government that stand for a place: name, country, city if it is plain. */
export const SITES = `
Pentagon|USA|
White House|USA|Washington
Oval Office|USA|Washington
State Department|USA|Washington
Capitol Hill|USA|Washington
Camp David|USA|
Fort McNair|USA|Washington
Mar-a-Lago|USA|
NATO headquarters|BEL|Brussels
NATO HQ|BEL|Brussels
Alliance headquarters|BEL|Brussels
Kremlin|RUS|Moscow
Great Hall of the People|CHN|Beijing
Bayi Building|CHN|Beijing
Diaoyutai State Guesthouse|CHN|Beijing
Zhongnanhai|CHN|Beijing
Hyderabad House|IND|New Delhi
Rashtrapati Bhavan|IND|New Delhi
South Block|IND|New Delhi
Manekshaw Centre|IND|New Delhi
Sushma Swaraj Bhawan|IND|New Delhi
Vigyan Bhawan|IND|New Delhi
Malacanang|PHL|Manila
Malacanang Palace|PHL|Manila
Camp Aguinaldo|PHL|Quezon City
Elysee Palace|FRA|Paris
Elysee|FRA|Paris
Downing Street|GBR|London
Chequers|GBR|
Whitehall|GBR|London
Lancaster House|GBR|London
Parliament House|AUS|Canberra
Blue House|KOR|Seoul
Istana|SGP|Singapore
Wisma Putra|MYS|Putrajaya
Merdeka Palace|IDN|Jakarta
State House in Nairobi|KEN|Nairobi
Union Buildings|ZAF|Pretoria
Quirinal Palace|ITA|Rome
Chigi Palace|ITA|Rome
Bellevue Palace|DEU|Berlin
Bendlerblock|DEU|Berlin
Ramstein Air Base|DEU|Ramstein
Ramstein|DEU|Ramstein
Davos|CHE|Davos
Siem Reap|KHM|Siem Reap
Hekou|CHN|Hekou
Lao Cai|VNM|Lao Cai
Halifax|CAN|Halifax
Munich|DEU|Munich
Honolulu|USA|Honolulu
Hawaii|USA|
California|USA|
Alaska|USA|
Guam|GUM|
Maryland|USA|
Virginia|USA|
Okinawa|JPN|
Bali|IDN|
Jeju Island|KOR|
Jeju|KOR|
Sochi|RUS|Sochi
Phuket|THA|Phuket
Langkawi|MYS|Langkawi
Crimea|UKR|
Geneva|CHE|Geneva
New York|USA|New York
Luang Prabang|LAO|Luang Prabang
Gaza|PSE|
Brest|FRA|Brest
Sharm el-Sheikh|EGY|Sharm el-Sheikh
Bletchley Park|GBR|
Hiroshima|JPN|Hiroshima
Labuan Bajo|IDN|Labuan Bajo
Panmunjom|KOR|
Nay Pyi Taw|MMR|Nay Pyi Taw
Wilton Park|GBR|
Portsmouth|GBR|Portsmouth
Plymouth|GBR|Plymouth
Lisbon|PRT|Lisbon
The Hague|NLD|The Hague
Annapolis|USA|Annapolis
San Francisco|USA|San Francisco
`;

/** Organizations that take part in meetings as parties: code, names, adjectives by place or office. */
export const ORGANIZATIONS = `
NATO|=NATO/North Atlantic Treaty Organization/North Atlantic Treaty Organisation/North Atlantic Alliance
EU|=EU/European Union/=E.U./European Commission/European Council
UN|=UN/United Nations/=U.N.
ASEAN|=ASEAN/Association of Southeast Asian Nations
AU|=AU/African Union
GCC|=GCC/Gulf Cooperation Council
CSTO|=CSTO/Collective Security Treaty Organization/Collective Security Treaty Organisation
CIS|=CIS/Commonwealth of Independent States
OSCE|=OSCE
ECOWAS|=ECOWAS/Economic Community of West African States
EAC|=EAC/East African Community
SADC|=SADC/Southern African Development Community
IAEA|=IAEA/International Atomic Energy Agency
ICRC|=ICRC/International Committee of the Red Cross
OIC|=OIC/Organisation of Islamic Cooperation/Organization of Islamic Cooperation
IGAD|=IGAD
ARAB_LEAGUE|Arab League/League of Arab States
PIF|=PIF/Pacific Islands Forum
SCO|=SCO/Shanghai Cooperation Organisation/Shanghai Cooperation Organization
`;

/** Groups whose name says who their members are. */
export const GROUPS = `
AUKUS|AUS/GBR/USA
Quad|AUS/IND/JPN/USA
QUAD|AUS/IND/JPN/USA
Malindo|IDN/MYS
Five Power Defence Arrangements|AUS/GBR/MYS/NZL/SGP
FPDA|AUS/GBR/MYS/NZL/SGP
Visegrad Group|CZE/HUN/POL/SVK
Weimar Triangle|DEU/FRA/POL
Benelux|BEL/LUX/NLD
ANZUS|AUS/NZL/USA
`;
