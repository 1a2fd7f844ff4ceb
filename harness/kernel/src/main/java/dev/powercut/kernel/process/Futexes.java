package dev.powercut.kernel.process;

import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.kernel.wait.WaitList;
import dev.powercut.sim.Task;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who waits for a word of memory to change: by address of one process, or by place in what several share. */
final class Futexes {

    private final Processes processes;
    private final Map<String, Word> words = new TreeMap<>();

    /** A word that somebody waits for or has waited for, as one process sees it. */
    private record Word(UserProcess process, long address, WaitList list) {

        boolean isHeldBy(UserThread thread) {
            if (list.isEmpty()) {
                return false;
            }
            if (!process.addresses().isMapped(address)) {
                // Others that have it mapped too may look again in vain.
                return true;
            }
            boolean isShared = process.addresses().shared(address) != null;
            int value = process.memory().rawInt(address);
            return isShared ? value == thread.id : value == thread.handle && process == thread.process;
        }
    }

    Futexes(Processes processes) {
        this.processes = processes;
    }

    String key(UserProcess process, long address) {
        String shared = process.addresses().shared(address);
        String place = shared == null ? own(process) : shared + " at ";
        return place + "0x" + Long.toHexString(process.addresses().offsetInShared(address));
    }

    WaitList list(UserProcess process, long address) {
        String key = key(process, address);
        Word word = words.get(key);
        if (word == null) {
            Vfs vfs = processes.vfs();
            word = new Word(process, address, vfs.waitList(key, () -> null));
            words.put(key, word);
        }
        return word.list;
    }

    /** Waits for a mutex to be given up by the thread that the word names, in the view of who waits. */
    void awaitOwner(UserProcess process, long address) {
        list(process, address).await(key(process, address), () -> holder(process, address));
    }

    /** What a word says that the running thread has locked: its handle, or in shared memory its number. */
    int mark(UserProcess process, long address) {
        UserThread thread = process.enter();
        return process.addresses().shared(address) == null ? thread.handle : thread.id;
    }

    /** A thread has ended: who waits for what it has locked looks again, and finds that nobody will give it up. */
    void ended(UserThread thread) {
        for (Word word : words.values()) {
            if (word.isHeldBy(thread)) {
                word.list.wakeAll();
            }
        }
    }

    /** A process is over: its number and its name may be another's. */
    void forget(UserProcess process) {
        words.keySet().removeIf(key -> key.startsWith(own(process)));
    }

    private static String own(UserProcess process) {
        return "memory of " + process + " at ";
    }

    /** Why nobody will ever give up what a word says that somebody has locked; null when somebody can. */
    @Nullable
    String lost(UserProcess process, int mark, long address) {
        if (owner(process, mark, address) != null) {
            return null;
        }
        if (process.addresses().shared(address) != null) {
            return "a mutex in shared memory that thread " + mark
                    + " had locked when it or its process ended, and that stays locked for ever";
        }
        if (process.state().hasLeftBehind(mark)) {
            return "a mutex that thread " + mark + " has locked, which does not exist here: a fork in a process with"
                    + " threads leaves only the calling one, and the locks of the others locked";
        }
        return "a mutex that thread " + mark + " had locked when it ended, and that stays locked for ever";
    }

    /** The task of the thread whose number is in a word, or null. */
    private @Nullable Task holder(UserProcess process, long address) {
        if (!process.addresses().isMapped(address)) {
            return null;
        }
        UserThread owner = owner(process, process.memory().rawInt(address), address);
        return owner == null ? null : owner.task();
    }

    /** The thread that has locked what a word says, or null. */
    private @Nullable UserThread owner(UserProcess process, int mark, long address) {
        if (process.addresses().shared(address) == null) {
            for (UserThread thread : process.state().threads) {
                if (thread.handle == mark && !thread.ended) {
                    return thread;
                }
            }
            return null;
        }
        for (UserProcess other : processes.table().values()) {
            UserThread found = other.threads().find(mark);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
