"""What the invented suppliers write and count."""

DEFAULT_PHRASE = "We look at this once a year and keep a short record."
COMMENT = "Our own suppliers told us so; we are asking them for details."

PHRASES = {
    "prf_legal_name": "{name}, registered in the company register",
    "prf_statement_link": "https://supplier.example/responsible-business",
    "prf_contact_role": "Quality manager, quality@supplier.example",
    "coc_reservations": "We cannot yet ask all our own suppliers for written proof. We do it in steps.",
    "coc_salient_measures": "We visit our most important suppliers, check pay records and plan orders early.",
    "coc_incident_detail": (
        "The inspectorate found unpaid overtime at one site. It was paid within a month, "
        "and the shift plan was changed."
    ),
    "coc_buyer_practice": "Late changes to orders lead to overtime. A fixed plan four weeks ahead helps.",
    "lab_child_remedy": "The young person went back to school, and we paid for the lost income.",
    "lab_deaths_detail": "A fall from a platform. Railings were put up, and the family was compensated.",
    "cm_help_text": "We need help to find out which of our parts hold these metals.",
    "cm_scope_text": "All articles that we deliver to this buyer.",
    "cm_b_url": "https://supplier.example/minerals",
    "cm_e_text": "We use our own form by e-mail.",
    "cm_auth_name": "Quality manager",
    "cm_auth_email": "quality@supplier.example",
}

# Lowest and highest figure an invented supplier gives; where nothing is listed, none.
FIGURES = {
    "lab_min_age": (16, 18),
    "lab_normal_hours": (37, 44),
    "lab_peak_hours": (44, 58),
    "lab_cba": (0, 100),
    "lab_injuries": (0, 3),
    "lab_complaints": (0, 6),
}

# What an invented supplier chooses where no choice is better than another.
USUAL = {"lab_norway_work": "no", "cm_start": "here", "cm_scope": "company"}

# What the buyer writes about the answers, and what comes back.
CONDITIONS = (
    "Show us from the pay records that the overtime was paid to everybody, and how the new shift plan "
    "keeps the hours down."
)
CLOSED = "The pay records of all 14 people show the payment. The new shift plan hangs in the hall."
DOUBTS = {
    "lab_normal_hours": "Do these hours hold for temporary workers in the packing hall too?",
    "lab_injuries": "Does this number include people who were hired through an agency?",
}
REPLY = "Yes. Temporary workers have the same plan; the agency gets it from us each month."
FOUND_ON_SITE = (
    "Two emergency exits were blocked by pallets and cleared at once. The pay records are in order."
)
_LINE = b"BT /F1 12 Tf 24 160 Td (Overtime paid with the wages of June, 14 people) Tj ET"
PROOF = (
    b"%%PDF-1.4\n"
    b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
    b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n"
    b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 340 200] /Contents 4 0 R"
    b" /Resources <</Font <</F1 5 0 R>>>>>> endobj\n"
    b"4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n"
    b"5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj\n"
    b"trailer <</Root 1 0 R>>\n%%%%EOF\n" % (len(_LINE), _LINE)
)
