package dev.powercut.kernel.contract;

/**
 * Where one case plays: a filesystem, or a folder of one, that nobody has used, and processes of users on it. Each process begins
 * in an empty folder of mode 0777 that belongs to the super-user, with umask 022.
 */
public interface Stage extends AutoCloseable {

    /** The user of cases for ordinary users, and his group. */
    int ALICE = 1000;

    /** Another user, and his group. */
    int BOB = 1001;

    /** The process of a user; the same one each time it is asked for. Aborts the case where one cannot become that user. */
    PosixCalls user(int uid, int gid, int... supplementaryGroups);

    default PosixCalls root() {
        return user(0, 0);
    }

    default PosixCalls alice() {
        return user(ALICE, ALICE);
    }

    default PosixCalls bob() {
        return user(BOB, BOB);
    }

    /** The absolute path of a name in the folder where processes begin. */
    String absolute(String name);

    /** Lets so much time pass that times differ. */
    void tick();

    @Override
    void close();
}
