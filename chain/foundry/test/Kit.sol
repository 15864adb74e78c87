// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Goods} from "../../contracts/Goods.sol";
import {Fill, Market} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Rooms} from "../../contracts/Rooms.sol";
import {Terms} from "../../contracts/Terms.sol";
import {Till} from "../../contracts/Till.sol";

/// @notice Those of Foundry's cheat codes that the tests use.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function prank(address sender) external;
    function deal(address account, uint256 balance) external;
    function warp(uint256 timestamp) external;
    function roll(uint256 number) external;
    function setBlockhash(uint256 number, bytes32 hash) external;
    function chainId(uint256 id) external;
    function assume(bool condition) external pure;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata data) external;
    function expectPartialRevert(bytes4 selector) external;
    function expectEmit(address emitter) external;
    function deployCode(string calldata artifact) external returns (address);
    function deployCode(string calldata artifact, bytes calldata arguments) external returns (address);
    function snapshotGasLastCall(string calldata name) external returns (uint256);
    function toString(uint256 value) external pure returns (string memory);
}

/// @notice Assertions, and a street to test on: a market, three people with keys, a room that displays sixteen goods.
abstract contract Kit {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 internal constant MAKER_KEY = 0xA11CE;
    uint256 internal constant OWNER_KEY = 0xB0B;
    uint256 internal constant PRICE = 0.0245 ether;
    uint256 internal constant NOW = 1_800_000_000;
    uint256 internal constant NEVER = type(uint40).max;
    uint256 internal constant SHELF = 16;

    Rooms internal rooms;
    Market internal market;
    Goods internal goods;

    address internal maker;
    address internal owner; // of units, when reselling
    address internal creator = address(uint160(uint256(keccak256("creator"))));
    address internal keeper = address(uint160(uint256(keccak256("keeper"))));
    address internal buyer = address(uint160(uint256(keccak256("buyer"))));
    uint256 internal room;

    uint256[] internal shelf; // ids on display
    bytes32[][] internal levels; // of the display tree, leaves first

    error Assertion(string what);

    function setUp() public virtual {
        vm.warp(NOW);
        maker = vm.addr(MAKER_KEY);
        owner = vm.addr(OWNER_KEY);
        rooms = Rooms(vm.deployCode("chain/artifacts/Rooms.json"));
        market = newMarket();
        goods = market.goods();
        vm.deal(buyer, 1000 ether);
        for (uint256 i; i < SHELF; ++i) shelf.push(uint256(keccak256(abi.encode(termsOnShelf(i)))));
        grow(shelf);
        room = rooms.mint(keeper, "boutique");
        vm.prank(keeper);
        rooms.publish(room, keccak256("bundle"), rootOfShelf());
    }

    /// @dev Deployed from its own artifact and not with `new`, or every test contract would compile it once more.
    function newMarket() internal returns (Market) {
        return Market(vm.deployCode("chain/artifacts/Market.json", abi.encode(rooms)));
    }

    function newTill() internal returns (Till) {
        return Till(vm.deployCode("chain/artifacts/Till.json", abi.encode("Loquat Till")));
    }

    /// @notice Terms of the shelf's good number `i`, by `maker` after a design of `creator`.
    function termsOf(uint256 i) internal view returns (Terms memory) {
        return Terms(maker, creator, sha256(abi.encode("manifest", i)), 1000, 500, 0);
    }

    /// @notice Terms of the good that is on display as number `i`.
    function termsOnShelf(uint256 i) internal view virtual returns (Terms memory) {
        return termsOf(i);
    }

    function noTerms() internal pure returns (Terms memory terms) {}

    /// @notice An open primary offer of the shelf's good number `i`, with serial `i`.
    function primaryOffer(uint256 i) internal view returns (Offer memory) {
        return Offer({
            seller: maker,
            good: shelf[i],
            startPrice: uint128(PRICE),
            endPrice: uint128(PRICE),
            quantity: 1000,
            roomShareBps: 1000,
            primary: true,
            start: uint40(NOW - 100),
            expiry: uint40(NEVER),
            counter: 0,
            serial: uint64(i)
        });
    }

    /// @notice An open offer by `owner` of units of the shelf's good number `i`, with serial `i`.
    function resaleOffer(uint256 i) internal view returns (Offer memory offer) {
        offer = primaryOffer(i);
        offer.seller = owner;
        offer.primary = false;
    }

    function signed(uint256 key, Offer memory offer) internal view returns (bytes memory) {
        return signature65(key, market.hashOffer(offer));
    }

    function signature65(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @notice A fill of one unit of the shelf's good number `i`, found in the room, with a good signature.
    function fillOf(uint256 i, Offer memory offer) internal view returns (Fill memory) {
        uint256 key = offer.seller == owner ? OWNER_KEY : MAKER_KEY;
        Terms memory terms = offer.primary ? termsOf(i) : noTerms();
        return Fill(offer, signed(key, offer), terms, room, proofOf(i), 1);
    }

    function primary(uint256 i) internal view returns (Fill memory) {
        return fillOf(i, primaryOffer(i));
    }

    function resale(uint256 i) internal view returns (Fill memory) {
        return fillOf(i, resaleOffer(i));
    }

    /// @notice Gives `owner` units of the shelf's good number `i`.
    function stock(uint256 i, uint256 quantity) internal {
        Terms memory terms = termsOf(i);
        vm.prank(maker);
        goods.mint(terms, owner, quantity);
    }

    function buyAs(address who, Fill memory fill) internal returns (uint256) {
        vm.prank(who);
        return market.buy{value: PRICE * fill.quantity}(fill, PRICE * fill.quantity, NEVER);
    }

    // --- the display tree: double-hashed leaves, pairs sorted, as OpenZeppelin's merkle-tree package builds it

    function leafOf(uint256 good) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(good))));
    }

    function grow(uint256[] storage ids) private {
        delete levels;
        bytes32[] memory level = new bytes32[](ids.length);
        for (uint256 i; i < ids.length; ++i) level[i] = leafOf(ids[i]);
        levels.push(level);
        while (level.length > 1) {
            bytes32[] memory above = new bytes32[](level.length / 2);
            for (uint256 i; i < above.length; ++i) above[i] = pair(level[2 * i], level[2 * i + 1]);
            levels.push(above);
            level = above;
        }
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    function rootOfShelf() internal view returns (bytes32) {
        return levels[levels.length - 1][0];
    }

    function proofOf(uint256 i) internal view returns (bytes32[] memory proof) {
        proof = new bytes32[](levels.length - 1);
        for (uint256 level; level < proof.length; ++level) {
            proof[level] = levels[level][(i >> level) ^ 1];
        }
    }

    // --- assertions

    function eq(uint256 got, uint256 wanted, string memory what) internal pure {
        if (got != wanted) {
            revert Assertion(string.concat(what, ": got ", vm.toString(got), ", wanted ", vm.toString(wanted)));
        }
    }

    function eq(address got, address wanted, string memory what) internal pure {
        eq(uint256(uint160(got)), uint256(uint160(wanted)), what);
    }

    function yes(bool condition, string memory what) internal pure {
        if (!condition) revert Assertion(what);
    }

    function within(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + value % (high - low + 1);
    }
}
