"""`cd tests && /usr/bin/python3 -m web` runs the web tests and refreshes the pictures of the documentation."""

import sys

from support.report import Report
from web import refresh_images, run

report = Report()
run(report)
if not report.failed:
    refresh_images()
sys.exit(report.close())
