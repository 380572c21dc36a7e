"""The parts of the sample in one tuple."""

from __future__ import annotations

from capa_xl.workbook.sample import storylines_corrective as corrective
from capa_xl.workbook.sample import storylines_outcomes as outcomes
from capa_xl.workbook.sample import storylines_running as running
from capa_xl.workbook.sample.analyses import ANALYSES
from capa_xl.workbook.sample.closed_early_2026 import CLOSED_EARLY_2026
from capa_xl.workbook.sample.closed_late_2025 import CLOSED_LATE_2025
from capa_xl.workbook.sample.closed_mid_2025 import CLOSED_MID_2025
from capa_xl.workbook.sample.closed_mid_2026 import CLOSED_MID_2026
from capa_xl.workbook.sample.company import COMPANY_SHEETS
from capa_xl.workbook.sample.excuses import EXCUSES
from capa_xl.workbook.sample.measurements import MEASUREMENTS
from capa_xl.workbook.sample.mistakes_closed import MISTAKES_CLOSED
from capa_xl.workbook.sample.mistakes_open import MISTAKES_OPEN
from capa_xl.workbook.sample.needs import NEEDS
from capa_xl.workbook.sample.observations import OBSERVATIONS
from capa_xl.workbook.sample.plans import PLANS
from capa_xl.workbook.sample.reviews import REVIEWS
from capa_xl.workbook.sample.rows import Sheets
from capa_xl.workbook.sample.under_way import UNDER_WAY
from capa_xl.workbook.sample.waiting import WAITING

STORYLINES: tuple[Sheets, ...] = (
    corrective.LATE_RESPONSE,
    corrective.FAILED_CHANGE,
    corrective.BACKUP_REPORT_2025,
    corrective.REPEATED_BACKUP,
    running.BATTERIES,
    running.REPORT_FIGURES,
    running.ASSET_RECORDS,
    running.SUPPLIER_LINES,
    running.SPARE_PARTS,
    outcomes.PHISHING_MAILS,
    outcomes.PHISHING_BANNER,
    outcomes.SHIFT_HANDOVER,
    outcomes.BANDWIDTH,
    outcomes.WEEKEND_PHONE,
)

FURTHER: tuple[Sheets, ...] = (
    WAITING,
    CLOSED_MID_2025,
    CLOSED_LATE_2025,
    CLOSED_EARLY_2026,
    CLOSED_MID_2026,
    UNDER_WAY,
)

PARTS: tuple[Sheets, ...] = (
    COMPANY_SHEETS,
    *STORYLINES,
    *FURTHER,
    MISTAKES_OPEN,
    MISTAKES_CLOSED,
    PLANS,
    NEEDS,
    REVIEWS,
    ANALYSES,
    MEASUREMENTS,
    OBSERVATIONS,
    EXCUSES,
)
