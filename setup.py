"""What a wheel takes along beside the code: resources and handbook, which stand at the top of the repository.

The rest is in pyproject.toml; setuptools maps folders to packages only here.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["hydesk*"]), "hydesk.resources", "hydesk.handbook"],
    package_dir={"hydesk.resources": "resources", "hydesk.handbook": "docs/handbook"},
    package_data={
        "hydesk": ["py.typed", "db/migrations/*.mako", "db/migrations/versions/*.py"],
        "hydesk.resources": ["**/*"],
        "hydesk.handbook": ["**/*"],
    },
)
