package dev.gantry.cli.terminal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Catches signals of this process. The class of the JDK that can do this is outside the API that is compiled against,
 * so it is found by name.
 */
public final class Signals {

    private Signals() {}

    /**
     * Calls back, on a thread of the JVM's, each time a signal comes.
     *
     * @param name without {@code SIG}
     * @return false when the JVM keeps this signal for itself
     */
    public static boolean handle(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            handle.invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return false;
            }
            throw new IllegalStateException("Tried to handle the signal " + name, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Tried to handle the signal " + name, e);
        }
    }
}
