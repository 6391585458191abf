"""The templates of a deployment as plain data, and the few views of them that checks need."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from deploy.parameters import Profile

Json = dict[str, Any]


class Resource(NamedTuple):
    """One resource: its stack (without the profile's name), its logical id, its properties."""

    stack: str
    id: str
    properties: Json


class Container(NamedTuple):
    """One container, with the task definition that it is in."""

    task: Resource
    name: str
    definition: Json

    @property
    def environment(self) -> dict[str, Any]:
        """Its plain variables."""
        return {item["Name"]: item["Value"] for item in self.definition.get("Environment", ())}

    @property
    def secrets(self) -> dict[str, Any]:
        """Its secret variables, and where each comes from."""
        return {item["Name"]: item["ValueFrom"] for item in self.definition.get("Secrets", ())}


@dataclass(frozen=True, slots=True)
class Synthesis:
    """A profile and its templates, by stack without the profile's name."""

    profile: Profile
    templates: Mapping[str, Json]

    def resources(self, kind: str) -> Iterator[Resource]:
        """Every resource of a type, as in `AWS::ECS::Service`."""
        for stack, template in self.templates.items():
            for name, resource in template["Resources"].items():
                if resource["Type"] == kind:
                    yield Resource(stack, name, resource.get("Properties", {}))

    def containers(self) -> Iterator[Container]:
        """Every container of every task definition."""
        for task in self.resources("AWS::ECS::TaskDefinition"):
            for definition in task.properties["ContainerDefinitions"]:
                yield Container(task, definition["Name"], definition)

    def container(self, name: str) -> Container:
        """The container of one service or job."""
        return next(found for found in self.containers() if found.name == name)

    def services(self) -> dict[str, Json]:
        """The properties of every ECS service, by name."""
        return {found.properties["ServiceName"]: found.properties for found in self.resources("AWS::ECS::Service")}

    def statements(self, role: str, stack: str) -> list[Json]:
        """
        Every statement of the policies of a role.

        Args:
            role: The role's logical id.
            stack: Its stack.

        """
        found = []
        for policy in self.resources("AWS::IAM::Policy"):
            if policy.stack == stack and {"Ref": role} in policy.properties["Roles"]:
                found += policy.properties["PolicyDocument"]["Statement"]
        own = self.templates[stack]["Resources"][role].get("Properties", {})
        for inline in own.get("Policies", ()):
            found += inline["PolicyDocument"]["Statement"]
        return found

    def statements_of_task(self, container: Container) -> list[Json]:
        """Every statement of the role that a container's code has."""
        reference = container.task.properties.get("TaskRoleArn")
        return self.statements(reference["Fn::GetAtt"][0], container.task.stack) if reference else []

    def text(self) -> str:
        """Every template as one text."""
        return json.dumps(self.templates, sort_keys=True)


def flat(value: object) -> str:
    """A value with functions as text, to look for a name in it."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
