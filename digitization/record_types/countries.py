"""Countries and territories: ISO 3166-1 alpha-2 codes with the Vietnamese names registers and passports use.

The national lists store names, with defects (doubles, wrong hints), so this table is our own and the code is
the key. The names are Vietnamese in every language, as the registers have them. Names after the first are
accepted on entry. States that are gone (Liên Xô, Việt Nam Cộng hòa) stay free text.
"""

from __future__ import annotations

from .contract import Option, OptionList

_TABLE = """
AD An-đô-ra
AE Các Tiểu vương quốc Ả-rập Thống nhất ; UAE
AF Áp-ga-ni-xtan ; Afghanistan
AG An-ti-goa và Bác-bu-đa
AI An-gui-la
AL An-ba-ni ; Albania
AM Ác-mê-ni-a ; Armenia
AO Ăng-gô-la ; Angola
AQ Nam Cực
AR Ác-hen-ti-na ; Argentina
AS Xa-moa thuộc Mỹ
AT Áo ; Austria
AU Ô-xtrây-li-a ; Úc ; Australia
AW A-ru-ba
AX Quần đảo Ô-lan
AZ A-déc-bai-gian ; Azerbaijan
BA Bô-xni-a Héc-xê-gô-vi-na ; Bosnia và Herzegovina
BB Bác-ba-đốt
BD Băng-la-đét ; Bangladesh
BE Bỉ ; Belgium
BF Buốc-ki-na Pha-xô
BG Bun-ga-ri ; Bulgaria
BH Ba-ranh
BI Bu-run-đi
BJ Bê-nanh
BL Xanh Bác-thê-lê-my
BM Béc-mu-đa
BN Bru-nây ; Brunei
BO Bô-li-vi-a
BQ Ca-ri-bê thuộc Hà Lan
BR Bra-xin ; Brazil
BS Ba-ha-mát
BT Bu-tan
BV Đảo Bu-vê
BW Bốt-xoa-na
BY Bê-la-rút ; Belarus
BZ Bê-li-xê
CA Ca-na-đa ; Canada
CC Quần đảo Cô-cốt
CD Cộng hòa Dân chủ Công-gô
CF Cộng hòa Trung Phi
CG Công-gô ; Cộng hòa Công-gô
CH Thụy Sĩ ; Thụy Sỹ
CI Cốt-đi-voa ; Bờ Biển Ngà
CK Quần đảo Cúc
CL Chi-lê ; Chile
CM Ca-mơ-run ; Cameroon
CN Trung Quốc ; Trung Hoa ; CHND Trung Hoa ; Cộng hòa nhân dân Trung Hoa
CO Cô-lôm-bi-a ; Colombia
CR Cốt-xta Ri-ca
CU Cu-ba
CV Cáp-ve
CW Cu-ra-xao
CX Đảo Giáng Sinh
CY Síp
CZ Cộng hòa Séc ; Séc
DE Đức ; Cộng hòa Liên bang Đức ; CHLB Đức
DJ Gi-bu-ti
DK Đan Mạch
DM Đô-mi-ni-ca
DO Cộng hòa Đô-mi-ni-ca-na
DZ An-giê-ri ; Algeria
EC Ê-cu-a-đo
EE E-xtô-ni-a
EG Ai Cập
EH Tây Xa-ha-ra
ER Ê-ri-tơ-ri-a
ES Tây Ban Nha
ET Ê-ti-ô-pi-a
FI Phần Lan
FJ Phi-gi
FK Quần đảo Phoóc-len
FM Mi-crô-nê-xi-a
FO Quần đảo Pha-rô
FR Pháp ; Cộng hòa Pháp
GA Ga-bông
GB Anh ; Vương quốc Anh ; Liên hiệp Vương quốc Anh và Bắc Ai-len
GD Grê-na-đa
GE Gru-di-a ; Georgia
GF Guy-a-na thuộc Pháp
GG Guơn-xi
GH Ga-na
GI Gi-bran-ta
GL Grin-len
GM Găm-bi-a
GN Ghi-nê
GP Goa-đê-lốp
GQ Ghi-nê Xích đạo
GR Hy Lạp
GS Nam Gioóc-gi-a và Quần đảo Nam Xan-uých
GT Goa-tê-ma-la
GU Gu-am
GW Ghi-nê Bít-xao
GY Guy-a-na
HK Hồng Kông ; Trung Quốc (Hồng Kông)
HM Đảo Hớt và Quần đảo Mác-đô-nan
HN Ôn-đu-rát
HR Crô-a-ti-a
HT Ha-i-ti
HU Hung-ga-ri ; Hungary
ID In-đô-nê-xi-a ; Indonesia
IE Ai-len ; Ireland
IL I-xra-en ; Israel
IM Đảo Man
IN Ấn Độ
IO Lãnh thổ Ấn Độ Dương thuộc Anh
IQ I-rắc ; Iraq
IR I-ran ; Iran
IS Ai-xơ-len ; Iceland
IT I-ta-li-a ; Ý ; Italia ; Italy
JE Giơ-xi
JM Gia-mai-ca
JO Gioóc-đa-ni
JP Nhật Bản ; Nhật
KE Kê-ni-a
KG Cư-rơ-gư-xtan
KH Cam-pu-chia ; Campuchia ; Căm-pu-chia ; Cao Miên
KI Ki-ri-ba-ti
KM Cô-mo
KN Xanh Kít và Nê-vít
KP Triều Tiên ; Bắc Triều Tiên ; CHDCND Triều Tiên
KR Hàn Quốc ; Đại Hàn Dân Quốc ; Nam Triều Tiên ; Cộng hòa Hàn Quốc
KW Cô-oét
KY Quần đảo Cai-man
KZ Ca-dắc-xtan
LA Lào ; CHDCND Lào ; Ai Lao
LB Li-băng
LC Xan-ta Lu-xi-a
LI Lích-ten-xtên
LK Xri Lan-ca
LR Li-bê-ri-a
LS Lê-xô-thô
LT Lít-va
LU Lúc-xăm-bua
LV Lát-vi-a
LY Li-bi
MA Ma-rốc
MC Mô-na-cô
MD Môn-đô-va
ME Môn-tê-nê-grô
MF Xanh Mác-tin thuộc Pháp
MG Ma-đa-ga-xca
MH Quần đảo Mác-san
MK Bắc Ma-xê-đô-ni-a ; Ma-xê-đô-ni-a
ML Ma-li
MM Mi-an-ma ; Myanmar ; Miến Điện
MN Mông Cổ
MO Ma Cao ; Trung Quốc (Ma Cao)
MP Quần đảo Bắc Ma-ri-a-na
MQ Mác-ti-ních
MR Mô-ri-ta-ni
MS Môn-xe-rát
MT Man-ta
MU Mô-ri-xơ
MV Man-đi-vơ
MW Ma-la-uy
MX Mê-hi-cô ; Mexico
MY Ma-lai-xi-a ; Malaysia
MZ Mô-dăm-bích
NA Na-mi-bi-a
NC Niu Ca-lê-đô-ni-a ; Tân Đảo ; Nouvelle-Calédonie
NE Ni-giê
NF Đảo No-phốc
NG Ni-giê-ri-a
NI Ni-ca-ra-goa
NL Hà Lan
NO Na Uy
NP Nê-pan
NR Na-u-ru
NU Ni-u-ê
NZ Niu Di-lân ; New Zealand
OM Ô-man
PA Pa-na-ma
PE Pê-ru
PF Pô-li-nê-xi-a thuộc Pháp
PG Pa-pua Niu Ghi-nê
PH Phi-líp-pin ; Philippines
PK Pa-ki-xtan
PL Ba Lan
PM Xanh Pi-e và Mi-cơ-lông
PN Pít-canh
PR Pu-éc-tô Ri-cô
PS Pa-le-xtin
PT Bồ Đào Nha
PW Pa-lau
PY Pa-ra-goay
QA Ca-ta
RE Rê-uy-ni-ông
RO Ru-ma-ni
RS Xéc-bi-a
RU Liên bang Nga ; Nga
RW Ru-an-đa
SA Ả-rập Xê-út
SB Quần đảo Xa-lô-môn
SC Xây-sen
SD Xu-đăng
SE Thụy Điển
SG Xinh-ga-po ; Singapore
SH Xanh Hê-len, A-xen-xiên và Tri-xtan đa Cu-nha
SI Xlô-ve-ni-a
SJ Xvan-bát và Gian Mây-en
SK Xlô-va-ki-a
SL Xi-ê-ra Lê-ôn
SM Xan Ma-ri-nô
SN Xê-nê-gan
SO Xô-ma-li
SR Xu-ri-nam
SS Nam Xu-đăng
ST Xao Tô-mê và Prin-xi-pê
SV En Xan-va-đo
SX Xanh Mác-tin thuộc Hà Lan
SY Xi-ri
SZ E-xoa-ti-ni ; Xoa-di-len
TC Quần đảo Tớc và Cai-cốt
TD Sát
TF Vùng đất phía Nam thuộc Pháp
TG Tô-gô
TH Thái Lan
TJ Tát-gi-ki-xtan
TK Tô-kê-lau
TL Ti-mo Lét-xtê ; Đông Ti-mo
TM Tuốc-mê-ni-xtan
TN Tuy-ni-di
TO Tông-ga
TR Thổ Nhĩ Kỳ
TT Tri-ni-đát và Tô-ba-gô
TV Tu-va-lu
TW Đài Loan ; Trung Quốc (Đài Loan)
TZ Tan-da-ni-a
UA U-crai-na ; Ukraina ; Ukraine
UG U-gan-đa
UM Các đảo nhỏ xa trung tâm thuộc Mỹ
US Hoa Kỳ ; Mỹ ; Hợp chúng quốc Hoa Kỳ
UY U-ru-goay
UZ U-dơ-bê-ki-xtan
VA Va-ti-căng ; Tòa thánh Va-ti-căng
VC Xanh Vin-xen và Grê-na-din
VE Vê-nê-xu-ê-la
VG Quần đảo Vơ-gin thuộc Anh
VI Quần đảo Vơ-gin thuộc Mỹ
VN Việt Nam ; CHXHCN Việt Nam ; Cộng hòa xã hội chủ nghĩa Việt Nam ; Việt Nam Dân chủ Cộng hòa ; VNDCCH
VU Va-nu-a-tu
WF Oa-li và Phu-tu-na
WS Xa-moa
YE Y-ê-men
YT May-ốt
ZA Nam Phi
ZM Dăm-bi-a
ZW Dim-ba-bu-ê
"""


def _option(line: str) -> Option:
    name, *aliases = (part.strip() for part in line[3:].split(";"))
    return Option(line[:2], name, tuple(aliases))


COUNTRY = OptionList("COUNTRY", tuple(_option(line) for line in _TABLE.split("\n") if line))
