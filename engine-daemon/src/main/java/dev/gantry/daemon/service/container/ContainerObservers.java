package dev.gantry.daemon.service.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All who are told of the runs of containers. Safe for use by many threads. */
final class ContainerObservers implements ContainerObserver {

    private final List<ContainerObserver> all = new CopyOnWriteArrayList<>();

    void add(ContainerObserver observer) {
        all.add(observer);
    }

    @Override
    public void started(ContainerRecord record) {
        all.forEach(o -> o.started(record));
    }

    @Override
    public void found(ContainerRecord record) {
        all.forEach(o -> o.found(record));
    }

    @Override
    public void ended(ContainerRecord record) {
        all.forEach(o -> o.ended(record));
    }

    @Override
    public void removed(ContainerRecord record) {
        all.forEach(o -> o.removed(record));
    }
}
