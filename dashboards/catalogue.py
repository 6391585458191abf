"""All dashboards."""

from dashboards.customer_service import customer_service
from dashboards.engineering import engineering
from dashboards.model import Dashboard
from dashboards.privacy import privacy
from dashboards.product import product
from dashboards.umami_sql import V2, V3

DASHBOARDS: tuple[Dashboard, ...] = (product(V2), product(V3), customer_service(), engineering(), privacy())
