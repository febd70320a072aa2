package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Endpoint;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.service.container.HostSettings.Link;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Links on the default bridge: a container knows another by a name, in its {@code /etc/hosts} and its environment. A
 * target that was removed is no longer linked; one that does not run keeps the container from starting.
 */
final class Links {

    private final ContainerIndex index;

    Links(ContainerIndex index) {
        this.index = index;
    }

    /** A link with its ends. */
    private record Known(Link link, ContainerRecord target) {

        Optional<String> address() {
            return target.state().endpoints().stream().map(Endpoint::address).findFirst();
        }
    }

    /** Finds the targets of the links that a new container asks for; from now on they are known by their ids. */
    List<Link> resolve(HostSettings host) {
        List<Link> resolved = new ArrayList<>();
        for (Link link : host.links()) {
            Container target = find(link);
            if (target.record().host().network() instanceof NetworkMode.Host) {
                // compat: docker's text
                throw EngineException.invalid("conflicting options: host type networking can't be used with links."
                        + " This would result in undefined behavior");
            }
            resolved.add(new Link(target.id().value(), link.alias()));
        }
        return resolved;
    }

    private Container find(Link link) {
        try {
            return index.find(link.target());
        } catch (EngineException e) {
            // compat: docker's text; "not found" would make its CLI pull the image
            throw new EngineException(
                    EngineException.Kind.INVALID,
                    "could not get container for " + link.target() + ": " + e.getMessage(),
                    e);
        }
    }

    private List<Known> known(ContainerRecord record) {
        List<Known> known = new ArrayList<>();
        if (!(record.host().network() instanceof NetworkMode.Bridge)) {
            return known;
        }
        for (Link link : record.host().links()) {
            index.byId(link.target()).ifPresent(target -> known.add(new Known(link, target.record())));
        }
        return known;
    }

    /**
     * Makes sure that what a container is linked to runs.
     *
     * @throws EngineException where it does not
     */
    void requireRunning(ContainerRecord record) {
        for (Known known : known(record)) {
            if (!known.target().state().running()) {
                // compat: docker's text
                throw new EngineException(
                        EngineException.Kind.INTERNAL,
                        "Cannot link to a non running container: /"
                                + known.target().name() + " AS /" + record.name() + "/"
                                + known.link().alias());
            }
        }
    }

    /** Lines for {@code /etc/hosts}, as {@code names:address}. */
    List<String> hosts(ContainerRecord record) {
        List<String> lines = new ArrayList<>();
        for (Known known : known(record)) {
            known.address().ifPresent(address -> lines.add(names(known) + ":" + address));
        }
        return lines;
    }

    private static String names(Known known) {
        String alias = known.link().alias();
        String name = known.target().name();
        String names = alias + " " + known.target().config().hostname();
        return alias.equals(name) ? names : names + " " + name;
    }

    /** The line by which {@code /etc/hosts} of one container speaks of another: its names. */
    List<String> namesOf(ContainerRecord target, ContainerRecord dependent) {
        return known(dependent).stream()
                .filter(known -> known.target().id().equals(target.id()))
                .map(Links::names)
                .toList();
    }

    /** The containers whose table of names speaks of another. */
    List<Container> dependents(ContainerRecord target) {
        return index.all().stream()
                .filter(c -> c.state().running())
                .filter(c -> c.record().host().links().stream()
                        .anyMatch(link -> link.target().equals(target.id().value())))
                .toList();
    }

    /** The variables by which programs of docker's first years find what they are linked to. */
    List<String> environment(ContainerRecord record) {
        List<String> variables = new ArrayList<>();
        for (Known known : known(record)) {
            known.address().ifPresent(address -> variables.addAll(variables(record, known, address)));
        }
        return variables;
    }

    private static List<String> variables(ContainerRecord record, Known known, String address) {
        List<String> variables = new ArrayList<>();
        String prefix = known.link().alias().toUpperCase(Locale.ROOT).replace('-', '_');
        List<Port> ports =
                known.target().config().exposedPorts().stream().sorted().toList();
        if (!ports.isEmpty()) {
            variables.add(prefix + "_PORT=" + url(ports.get(0), address));
        }
        ranges(prefix, ports, address, variables);
        for (Port port : ports) {
            String name = prefix + "_PORT_" + port.number() + "_"
                    + port.protocol().lowerCase().toUpperCase(Locale.ROOT);
            variables.add(name + "=" + url(port, address));
            variables.add(name + "_ADDR=" + address);
            variables.add(name + "_PORT=" + port.number());
            variables.add(name + "_PROTO=" + port.protocol().lowerCase());
        }
        variables.add(prefix + "_NAME=/" + record.name() + "/" + known.link().alias());
        for (String pair : known.target().config().env()) {
            String variable = ConfigMerge.variable(pair);
            if (!variable.equals(pair) && !variable.equals("HOME") && !variable.equals("PATH")) {
                variables.add(prefix + "_ENV_" + pair);
            }
        }
        return variables;
    }

    /** Three and more ports in a row are told as a range too. */
    private static void ranges(String prefix, List<Port> ports, String address, List<String> variables) {
        int from = 0;
        while (from < ports.size()) {
            int to = from;
            while (to + 1 < ports.size()
                    && ports.get(to + 1).number() <= ports.get(to).number() + 1) {
                to++;
            }
            if (to > from + 1) {
                Port first = ports.get(from);
                Port last = ports.get(to);
                String name = prefix + "_PORT_" + first.number() + "_"
                        + first.protocol().lowerCase().toUpperCase(Locale.ROOT);
                variables.add(name + "_START=" + url(first, address));
                variables.add(name + "_PORT_START=" + first.number());
                variables.add(name + "_END=" + url(last, address));
                variables.add(name + "_PORT_END=" + last.number());
            }
            from = to + 1;
        }
    }

    private static String url(Port port, String address) {
        return port.protocol().lowerCase() + "://" + address + ":" + port.number();
    }
}
