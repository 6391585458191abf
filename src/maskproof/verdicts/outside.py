"""What was found about criteria outside of runs: by tests of the deployment, and by people."""

from maskproof.settings import Paths
from maskproof.verdicts.criteria import BY_CHECKS, BY_DEPLOYMENT, load_criteria
from maskproof.verdicts.deployment import read_deployment
from maskproof.verdicts.proofs import FAILED, Proof
from maskproof.verdicts.signatures import load_signatures, signed


def proofs_outside(paths: Paths, rules_version: str) -> dict[str, Proof]:
    """
    The proofs by criterion. What a person signed counts more than an evaluation, but not more than a failed test.

    Args:
        paths: Name the files of criteria, launch checklist and signatures, and the folder of the reports, which has
            the result of the deployment's tests.
        rules_version: The version of the masking rules.

    Raises:
        ConfigurationError: One of the files has a fault.

    """
    known = [*load_criteria(paths.criteria), *load_criteria(paths.launch)]
    of_deployment = {one.id for one in known if one.evidence == BY_DEPLOYMENT}
    by_people = load_signatures(paths.signatures, {one.id for one in known if one.evidence != BY_CHECKS})
    tested = read_deployment(paths.reports, paths.criteria.parent) if paths.criteria else {}
    deployed = {name: proof for name, proof in tested.items() if name in of_deployment}
    failed = {name: proof for name, proof in deployed.items() if proof.state == FAILED}
    return {**deployed, **signed(by_people, rules_version), **failed}
