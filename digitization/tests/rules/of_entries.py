"""An example for every rule that judges an entry. A rule without one fails its tests."""

from __future__ import annotations

from datetime import date

from digitization.record_types.others import Alike, Marriage, Neighbour, Others
from digitization.tests.record_types.judging import ILLEGIBLE, NOT_WRITTEN, chosen, day
from digitization.tests.rules.examples import Example, judged, seen_with

ABROAD = {
    "foreign_reg_no": "17",
    "foreign_reg_date": day("1997-02"),
    "foreign_authority": "Tòa thị chính",
    "foreign_country": {"code": "CZ", "written": "Cộng hòa Séc"},
}
WORDS_OF_AUGUST = "Ngày hai mươi bảy tháng tám năm một nghìn chín trăm chín mươi tám"
# On time until the sixtieth day, the second of March.
BORN_IN_2010 = {"child_birth_date": day("2010-01-01"), "registration_type": chosen("1")}
NO_PARENTS = {"mother_full_name": None, "father_full_name": None}

EVERY_ENTRY: dict[str, Example] = {
    "C01": judged({"number": None}, {"number": NOT_WRITTEN}, silent={"number": "25"}),
    "C03": judged(
        {"child_birth_date": {"written": "31/02/1998"}},
        {"child_birth_date": {"written": "31/02/1998", "uncertain": True}},
        silent={"child_birth_date": day("1998-02-28")},
    ),
    "C04": judged({"registration_date": day("1997-12-31")}, silent={"registration_date": day("1998-01-01")}),
    "C05": judged(
        {"registration_date": day("1999-01-01")},
        {"registration_date": day("2000-01-01")},
        silent={"registration_date": day("1998-12-31")},
    ),
    "C07": seen_with(Others(on_page=("23",)), Others()),
    # Registered on 12 May 1998: the thirty-second day is one too many.
    "C08": seen_with(
        Others(before=Neighbour("23", date(1998, 6, 13), date(1998, 6, 13))),
        Others(before=Neighbour("23", date(1998, 6, 12), date(1998, 6, 12))),
    ),
    "C10": judged(
        {"child_gender": chosen("9")},
        {"child_gender": {"written": "N", "uncertain": True}},
        silent={"child_gender": chosen("2")},
    ),
    "C11": judged({"remarks": "Số con <b>3</b>"}, silent={"remarks": "Số con < 3"}),
    "C12": judged(
        {"mother_full_name": "Lâm Thị Nhàn 2"},
        {"mother_full_name": "131234567"},
        silent={"mother_full_name": "Lâm Thị N[…]"},
    ),
    "C13": judged({"mother_full_name": "Nhàn"}, silent={"mother_full_name": "Lâm Nhàn"}),
    "C14": judged(
        {"child_personal_id": "02509800101"},
        {"child_personal_id": {"text": "0250980?", "uncertain": True}},
        silent={"child_personal_id": "025098001010"},
    ),
    "C15": judged({"child_personal_id": "025198001010"}, silent={"child_personal_id": "025098001010"}),
    "C16": judged(
        {"mother_id_type": chosen("1"), "mother_id_no": "13123456"},
        silent={"mother_id_type": chosen("1"), "mother_id_no": "131234567"},
    ),
    "C17": judged(
        {"mother_id_no": "131234567"}, silent={"mother_id_no": "131234567", "mother_id_type": chosen("1")}
    ),
    "C18": judged(
        {"applicant_id_issued_on": day("1998-05-13")}, silent={"applicant_id_issued_on": day("1998-05-12")}
    ),
    "C19": judged(
        {"child_personal_id": "025098001010"},
        silent={"child_personal_id": "025098001010", "registration_date": day("2016-01-01")},
    ),
    "C20": judged({"father_residence": "không"}, {"page_no": None}, silent={"father_residence": "Khu 4"}),
    "C21": judged({"child_ethnicity": {"written": "Việt Nam"}}, silent={"child_ethnicity": {"code": "01"}}),
    "C22": seen_with(
        Others(signers={"do van kiem tra": "Đỗ Văn Kiểm Tra"}), Others(signers={"do van kiem": "ĐỖ VĂN KIỂM"})
    ),
    "C27": judged(
        {"father_residence": "Khu 4, tỉnh Vĩnh Phú"}, silent={"father_residence": "Khu 4, tỉnh Phú Thọ"}
    ),
    "C28": judged({**ABROAD, "foreign_country": None}, silent=ABROAD),
}

BIRTHS: dict[str, Example] = {
    "KS1": judged({"child_gender": None}, {"child_gender": ILLEGIBLE}, silent={"child_gender": chosen("3")}),
    "KS2": judged(
        {"child_birth_date": day("1998-05-13")},
        {"child_birth_date": day("1998-05-13", uncertain=True)},
        silent={"child_birth_date": day("1998-05")},
    ),
    "KS3": judged(
        {**BORN_IN_2010, "registration_date": day("2010-03-03")},
        silent={**BORN_IN_2010, "registration_date": day("2010-03-02")},
    ),
    "KS4": judged(
        {"birth_kind": chosen("3")},
        {"birth_kind": chosen("1"), **NO_PARENTS},
        silent={"birth_kind": chosen("4"), **NO_PARENTS},
    ),
    "KS5": judged(
        {"mother_birth_date": day("1987")},
        {"mother_birth_date": day("1999")},
        silent={"mother_birth_date": day("1986")},
    ),
    "KS6": judged({"child_full_name": "Đinh Văn Quyết"}, silent={"child_full_name": "Lâm Văn Quyết"}),
    "KS7": judged(
        {"child_birth_date_words": WORDS_OF_AUGUST},
        silent={"child_birth_date_words": WORDS_OF_AUGUST, "child_birth_date": day("1998-08-27")},
    ),
    "KS8": judged(
        {"missing_status": chosen("2")},
        {"missing_status": chosen("2"), "missing_declared_noted_on": ILLEGIBLE},
        silent={"missing_status": chosen("2"), "missing_declared_noted_on": day("2019")},
    ),
    "KS9": seen_with(Others(births=(Alike(7, near=True),)), Others(unmarked_births=(Alike(7, near=True),))),
}

TWICE = {"husband_full_name": "Trần Văn Luyện", "wife_full_name": "Trần Văn Luyện"}
DIVORCED = {"marriage_status": chosen("1"), "annulment_noted_on": day("2010-04-02")}
MARRIAGES: dict[str, Example] = {
    "KH1": judged(
        {**TWICE, "wife_birth_date": day("1979-02-14")},
        {**TWICE, "wife_birth_date": NOT_WRITTEN},
        silent={**TWICE, "wife_birth_date": day("1979-02-15")},
        kind="KH",
    ),
    "KH2": judged({"wife_birth_date": day("1987")}, silent={"wife_birth_date": day("1986")}, kind="KH"),
    "KH3": judged(
        {"marriage_established_on": day("2004-11-19")},
        {"marriage_established_on": day("1987-01-02")},
        silent={"marriage_established_on": day("1987-01-03")},
        kind="KH",
    ),
    "KH4": judged(DIVORCED, silent={**DIVORCED, "annulment_basis": "QĐ số 12/2010/QĐST-HNGĐ"}, kind="KH"),
    "KH5": seen_with(
        Others(marriages=(Marriage(7, near=True, whose="wife"),)),
        Others(marriages=(Marriage(7, near=True, whose="wife", ended=True),)),
        kind="KH",
    ),
}

DEATHS: dict[str, Example] = {
    "KT1": judged(
        {"death_date": day("2011-08-23")},
        {"death_date": ILLEGIBLE},
        silent={"death_date": day("2011-08")},
        kind="KT",
    ),
    "KT2": judged(
        {"deceased_birth_date": day("2011-08-20")},
        {"deceased_birth_date": day("1889")},
        silent={"deceased_birth_date": day("1891")},
        kind="KT",
    ),
    "KT3": judged({"death_date": day("2011-08-06")}, silent={"death_date": day("2011-08-07")}, kind="KT"),
    "KT4": judged({"death_notice_no": None}, silent={"death_notice_no": NOT_WRITTEN}, kind="KT"),
    "KT5": judged(
        {"death_declaration_status": chosen("1")},
        {"death_declaration_status": chosen("2")},
        silent={"death_declaration_status": chosen("1"), "death_declared_basis": "Bản án số 4/2010"},
        kind="KT",
    ),
    "KT6": seen_with(
        Others(unmarked_births=(Alike(7, near=False),)), Others(births=(Alike(7, near=False),)), kind="KT"
    ),
    "KT7": judged(
        {"death_date_words": "Ngày mười tám tháng tám năm hai nghìn không trăm mười một"},
        silent={"death_date_words": "Tháng tám năm hai nghìn không trăm mười một"},
        kind="KT",
    ),
}

RECOGNITIONS: dict[str, Example] = {
    "CM1": judged(
        {"recognition_type": None},
        {"child_full_name": ILLEGIBLE},
        silent={"recognition_type": chosen("3")},
        kind="CMC",
    ),
    "CM2": judged(
        {"recognition_type": chosen("2")},
        silent={"recognition_type": chosen("2"), "parent_full_name": "Triệu Thị Hưng"},
        kind="CMC",
    ),
    "CM3": judged({"decision_no": None}, silent={"decision_no": NOT_WRITTEN}, kind="CMC"),
}

CERTIFICATES: dict[str, Example] = {
    "HN1": judged(
        {"marital_status_text": None},
        {"marital_status_text": ILLEGIBLE},
        silent={"marital_status_text": "Đã ly hôn, chưa kết hôn với ai"},
        kind="HN",
    ),
    "HN2": judged(
        {"purpose_type": chosen("5")},
        silent={"purpose_type": chosen("5"), "purpose_text": "Vay vốn ngân hàng"},
        kind="HN",
    ),
}

OF_ENTRIES = EVERY_ENTRY | BIRTHS | MARRIAGES | DEATHS | RECOGNITIONS | CERTIFICATES
